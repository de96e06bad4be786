namespace DeepGen.Generator.Lower;

/// <summary>Puts kernels in a row that are for samples with a target, or without one, under one condition each.</summary>
internal static class Conditions
{
    public static List<Statement> Gather(IEnumerable<Statement> statements, View classes)
    {
        var gathered = new List<Statement>();
        var run = new List<KernelStatement>();
        foreach (Statement statement in statements)
        {
            if (statement is KernelStatement { Occasion: not Occasion.Always, Kernel.Level: Level.Sample } kernel)
            {
                run.Add(kernel);
                continue;
            }

            Close();
            gathered.Add(statement);
        }

        Close();
        return gathered;

        void Close()
        {
            foreach (Occasion occasion in new[] { Occasion.Target, Occasion.NoTarget })
            {
                List<Statement> body = run.Where(k => k.Occasion == occasion).ToList<Statement>();
                if (body.Count > 0)
                {
                    gathered.Add(new LoopStatement(new LoopVariable("once"), 1, "", body) { Condition = new Condition(classes, occasion == Occasion.Target) });
                }
            }

            run.Clear();
        }
    }
}
