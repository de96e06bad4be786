namespace DeepGen.SelfTest.Reference;

/// <summary>y = W x + b, on the last axis.</summary>
internal sealed class Dense(double[] weight, double[] bias)
{
    public double[] Apply(double[] x)
    {
        int outputs = bias.Length, inputs = weight.Length / outputs, rows = x.Length / inputs;
        var y = new double[rows * outputs];
        for (int row = 0; row < rows; row++)
            for (int o = 0; o < outputs; o++)
            {
                double sum = bias[o];
                for (int i = 0; i < inputs; i++)
                    sum += weight[(o * inputs) + i] * x[(row * inputs) + i];
                y[(row * outputs) + o] = sum;
            }

        return y;
    }
}
