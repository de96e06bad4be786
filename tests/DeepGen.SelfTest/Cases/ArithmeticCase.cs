using DeepGen.SelfTest.Reference;
using static DeepGen.Ops;

namespace DeepGen.SelfTest.Cases;

[Network]
public sealed partial class Arithmetic
{
    private static Tensor Forward([Shape(5, 9)] Tensor x)
    {
        var a = x;
        for (int i = 0; i < 3; i++)
            a = a + 0.25f * (x * a);
        var positive = Abs(a) + 1f;
        var b = Sqrt(positive) / positive - Max(a, -x);
        return Concat(Sum(Exp(Min(b, 1f)), 0), Mean(Log(positive), 1), Flatten(MatMul(a, Transpose(b, 1, 0))));
    }
}

internal sealed class ArithmeticCase : Case
{
    public override string Name => "arithmetic in Forward";

    public override void Run(Recorder recorder)
    {
        var network = new Arithmetic { Threads = recorder.Threads };
        recorder.Compare(45, 9 + 5 + 25, network.Predict, x =>
        {
            double[] a = x;
            for (int i = 0; i < 3; i++)
                a = Scalar.Zip(a, x, (s, t) => s + (0.25 * (t * s)));
            double[] positive = Scalar.Map(a, v => Math.Abs(v) + 1);
            double[] greatest = Scalar.Zip(a, x, (s, t) => Math.Max(s, -t));
            double[] b = Scalar.Zip(Scalar.Map(positive, v => Math.Sqrt(v) / v), greatest, (s, t) => s - t);

            double[] columns = new double[9], rows = new double[5], product = new double[25];
            for (int i = 0; i < 5; i++)
                for (int j = 0; j < 9; j++)
                {
                    columns[j] += Math.Exp(Math.Min(b[(i * 9) + j], 1));
                    rows[i] += Math.Log(positive[(i * 9) + j]) / 9;
                    for (int k = 0; k < 5; k++)
                        product[(i * 5) + k] += a[(i * 9) + j] * b[(k * 9) + j];
                }

            return Scalar.Join(columns, rows, product);
        });
    }
}
