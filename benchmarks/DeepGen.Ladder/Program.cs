using System.Globalization;
using DeepGen.Benchmarks;
using DeepGen.Ladder;
using DeepGen.Runtime;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] names = args.Length > 0 ? args : ["gemm", "convolution", "pooling", "softmax"];
Console.WriteLine(Machine.Describe());
Console.WriteLine($"{InstructionSet.Name}; one thread; every rung once a round, so that all have the same machine.");
bool right =
    InstructionSet.Avx512 ? Climb.All<Lanes512>(names) :
    InstructionSet.Avx2 ? Climb.All<Lanes256>(names) :
    InstructionSet.Neon ? Climb.All<LanesNeon>(names) :
    Climb.All<Lanes128>(names);
return right ? 0 : 1;
