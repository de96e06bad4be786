using FirstNetwork.Networks;

namespace FirstNetwork;

/// <summary>Runs each network on the drawings and prints what it says.</summary>
internal sealed class Report(Options options)
{
    private const int Classes = 10;
    private OutputHash _hash = new();

    public string Hash => _hash.ToString();

    public void Digits(float[][] drawings)
    {
        Heading("DigitNet, a convolutional network", DigitNet.Summary);
        var network = new DigitNet(options.Seed) { Threads = options.Threads };
        var scores = new float[drawings.Length * Classes];
        network.Predict(Drawings(drawings), scores);

        for (int i = 0; i < drawings.Length; i++)
        {
            var mine = scores.AsSpan(i * Classes, Classes);
            float[] lower = new float[Classes], upper = new float[Classes];
            network.Certify(drawings[i], options.Epsilon, lower, upper);
            Table(drawings[i], Probabilities(mine), mine, lower, upper);
        }
    }

    public void Perceptron(float[][] drawings)
    {
        Heading("DigitPerceptron, a multilayer perceptron that ends in a softmax", DigitPerceptron.Summary);
        var network = new DigitPerceptron(options.Seed) { Threads = options.Threads };
        var drawing = drawings[0];
        float[] probabilities = new float[Classes], lower = new float[Classes], upper = new float[Classes];
        network.Predict(drawing, probabilities);
        network.Certify(drawing, options.Epsilon, lower, upper);
        Table(drawing, probabilities, probabilities, lower, upper);
    }

    public void Pairs(float[][] drawings)
    {
        Heading("SameDigit, two inputs through one shared encoder", SameDigit.Summary);
        var network = new SameDigit(options.Seed) { Threads = options.Threads };
        var same = new float[1];
        for (int i = 0; i < drawings.Length; i++)
        {
            int j = (i + 1) % drawings.Length;
            network.Predict(drawings[i], drawings[j], same);
            _hash.Add(same);
            Console.WriteLine($"  drawings {i + 1} and {j + 1} show the same digit: {same[0]:P1}");
        }
    }

    private static void Heading(string title, string summary)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine(new string('=', title.Length));
        Console.WriteLine(summary);
    }

    private static float[] Drawings(float[][] drawings) => [.. drawings.SelectMany(pixels => pixels)];

    private void Table(float[] drawing, ReadOnlySpan<float> probability, ReadOnlySpan<float> output, float[] lower, float[] upper)
    {
        _hash.Add(output);
        _hash.Add(lower);
        _hash.Add(upper);

        Console.WriteLine($"  {"drawing",-20}   class  probability   output   certified when every pixel moves by at most {options.Epsilon}");
        string[] picture = [.. Drawing.AsText(drawing)];
        for (int line = 0; line < Math.Max(Classes, picture.Length); line++)
        {
            string ink = line < picture.Length ? picture[line] : "";
            string row = line < Classes
                ? $"   {line,5}  {probability[line],11:P1}  {output[line],7:F4}   [{lower[line],7:F4}, {upper[line],7:F4}]"
                : "";
            Console.WriteLine($"  {ink,-20}{row}".TrimEnd());
        }

        Console.WriteLine();
    }

    private static float[] Probabilities(ReadOnlySpan<float> scores)
    {
        var result = new float[scores.Length];
        float greatest = float.NegativeInfinity, sum = 0;
        foreach (float score in scores)
            greatest = Math.Max(greatest, score);
        for (int i = 0; i < result.Length; i++)
            sum += result[i] = MathF.Exp(scores[i] - greatest);
        for (int i = 0; i < result.Length; i++)
            result[i] /= sum;
        return result;
    }
}
