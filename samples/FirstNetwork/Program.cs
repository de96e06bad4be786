using System.Globalization;
using DeepGen.Runtime;
using FirstNetwork;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Options? options;
try
{
    options = Options.Parse(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options is null)
{
    Console.WriteLine(Options.Help);
    return 0;
}

float[][] drawings = [Drawing.Of(3, 0), Drawing.Of(7, 3), Drawing.Of(8, -2)];
var report = new Report(options);

Console.WriteLine($"Instruction set: {InstructionSet.Name}");
Console.WriteLine("The weights are random (seed " + options.Seed + "): what is shown is the machinery, not skill.");

report.Digits(drawings);
report.Perceptron(drawings);
report.Pairs(drawings);

Console.WriteLine();
Console.WriteLine($"Output hash: {report.Hash}");
return 0;
