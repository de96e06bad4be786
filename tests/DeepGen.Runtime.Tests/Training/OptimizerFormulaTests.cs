namespace DeepGen.Tests;

/// <summary>Twenty steps of every optimiser against its formula, number by number in double precision, and against PyTorch's numbers.</summary>
public class OptimizerFormulaTests
{
    public static TheoryData<string> Names => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_steps_follow_the_formula(string name)
    {
        var optimizer = OptimizerCases.Makers[name]();
        var parameters = OptimizerCases.Parameters();
        var expected = Array.ConvertAll(parameters.Storage.ToArray(), x => (double)x);
        var trainable = OptimizerCases.Trainable(parameters);
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = trainable[i] ? Follow(optimizer, expected[i], i) : expected[i];
        }

        var actual = OptimizerCases.Run(optimizer, parameters);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected[i]) <= 1e-6 * Math.Max(1, Math.Abs(expected[i])), $"number {i}: {actual[i]:R} instead of {expected[i]:R}");
        }
    }

    /// <summary>What PyTorch 1.13 makes of 0.5, -1.25 and 2 in double precision; it has no Lion.</summary>
    [Theory]
    [InlineData("sgd", 0.69008789, -1.17231445, 1.86757813)]
    [InlineData("sgd, decay", 0.68399274, -1.15987669, 1.84844688)]
    [InlineData("sgd, momentum, dampening", 1.58072628, -0.94197642, 1.15674880)]
    [InlineData("sgd, nesterov", 1.35993355, -0.90653845, 1.28182402)]
    [InlineData("adam", 0.58376007, -1.24018671, 1.95919732)]
    [InlineData("adam, decay", 0.56501505, -1.19199871, 1.90487638)]
    [InlineData("adam, amsgrad", 0.58134592, -1.24038051, 1.96139039)]
    [InlineData("adamw", 0.57300112, -1.21537976, 1.91978420)]
    [InlineData("adamw, amsgrad", 0.57060884, -1.21558006, 1.92196092)]
    [InlineData("rmsprop", 0.70488725, -1.06072103, 1.67485000)]
    [InlineData("rmsprop, momentum", 0.81298700, -1.17969592, 1.82373533)]
    [InlineData("rmsprop, centred", 0.60338394, -1.22558358, 1.94252014)]
    [InlineData("rmsprop, centred, momentum", 0.76022972, -1.01758477, 1.57253003)]
    [InlineData("adagrad", 0.63592435, -1.22420869, 1.93077842)]
    [InlineData("adagrad, options", 0.55612409, -1.21036726, 1.90107174)]
    public void Twenty_steps_end_where_PyTorch_ends(string name, double first, double second, double third)
    {
        var parameters = new ParameterSet([TestParameters.Declare("w", [3])], 1);
        parameters["w"].Write([0.5f, -1.25f, 2]);
        var actual = OptimizerCases.Run(OptimizerCases.Makers[name](), parameters);
        Assert.Equal(first, actual[0], 1e-6);
        Assert.Equal(second, actual[1], 1e-6);
        Assert.Equal(third, actual[2], 1e-6);
    }

    private static double Follow(Optimizer optimizer, double w, int index)
    {
        double m = 0, v = optimizer is Adagrad start ? start.InitialSum : 0, a = 0, most = 0;
        double eta = optimizer.LearningRate, lambda = optimizer.WeightDecay;
        for (int t = 1; t <= OptimizerCases.Steps; t++)
        {
            double g = OptimizerCases.Gradient(index, t - 1);
            switch (optimizer)
            {
                case Sgd o:
                    g += lambda * w;
                    m = t == 1 ? g : (o.Momentum * m) + ((1 - o.Dampening) * g);
                    w -= eta * (o.Momentum == 0 ? g : o.Nesterov ? g + (o.Momentum * m) : m);
                    break;
                case Adam o:
                    g += lambda * w;
                    w -= eta * Direction(g, t, o.Beta1, o.Beta2, o.Epsilon, o.AmsGrad, ref m, ref v, ref most);
                    break;
                case AdamW o:
                    w -= eta * lambda * w;
                    w -= eta * Direction(g, t, o.Beta1, o.Beta2, o.Epsilon, o.AmsGrad, ref m, ref v, ref most);
                    break;
                case RmsProp o:
                    g += lambda * w;
                    v = (o.Alpha * v) + ((1 - o.Alpha) * g * g);
                    a = (o.Alpha * a) + ((1 - o.Alpha) * g);
                    double move = g / (Math.Sqrt(o.IsCentered ? v - (a * a) : v) + o.Epsilon);
                    m = (o.Momentum * m) + move;
                    w -= eta * (o.Momentum > 0 ? m : move);
                    break;
                case Adagrad o:
                    g += lambda * w;
                    v += g * g;
                    w -= eta / (1 + ((t - 1) * o.RateDecay)) * g / (Math.Sqrt(v) + o.Epsilon);
                    break;
                case Lion o:
                    w -= eta * (Math.Sign((o.Beta1 * m) + ((1 - o.Beta1) * g)) + (lambda * w));
                    m = (o.Beta2 * m) + ((1 - o.Beta2) * g);
                    break;
            }
        }

        return w;
    }

    private static double Direction(
        double g, int t, double beta1, double beta2, double epsilon, bool amsGrad, ref double m, ref double v, ref double most)
    {
        m = (beta1 * m) + ((1 - beta1) * g);
        v = (beta2 * v) + ((1 - beta2) * g * g);
        most = Math.Max(most, v);
        double corrected = (amsGrad ? most : v) / (1 - Math.Pow(beta2, t));
        return m / (1 - Math.Pow(beta1, t)) / (Math.Sqrt(corrected) + epsilon);
    }
}
