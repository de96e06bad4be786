namespace DeepGen.Generator.Lower;

/// <summary>
/// Kernels that follow one another over a large image go through it together, by bands of rows: what one has made of
/// some rows, a pool, a sum over the image or a product of single pixels finds near the core. An image that nobody else reads is never there
/// as a whole: its memory is a band's.
/// </summary>
internal static class Bands
{
    public static void Run(List<Statement> statements, List<Buffer> buffers)
    {
        foreach (List<Statement> body in SampleLoops.Bodies(statements))
        {
            for (int first = 0; first < body.Count; first++)
            {
                if (BandGroup.From(body, first) is { } group && BandPlan.Of(group, statements) is { } plan)
                {
                    body.RemoveAll(group.Statements.Skip(1).Contains);
                    body[body.IndexOf(group.Statements[0])] = plan.Loop(buffers);
                }
            }
        }
    }
}
