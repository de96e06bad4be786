using DeepGen.Runtime;
using DeepGen.SelfTest;
using DeepGen.SelfTest.Cases;

var options = Options.Parse(args);
if (options is null)
{
    Console.WriteLine(Options.Help);
    return 2;
}

Case[] suite =
[
    new TinyTanhCase(), new PerceptronCase(), new OddWidthsCase(), new SequenceCase(), new DigitCase(), new DepthwiseCase(),
    new StridedCase(), new TilesCase(), new NormalizedCase(), new ResidualStackCase(), new ActivationsCase(), new ArithmeticCase(), new SharedEncoderCase(), new CertifiedCase(), new TrainingCase(), new PooledTrainingCase(), new LargeBatchCase(), new ManyPositionsCase(), new SkippedZerosCase(), new HalfVectorsCase(), new GraphCase(), new PooledGraphsCase(), new AttentionCase(), new RecurrentCase(), new UShapeCase(), new HalvedCase(), new NarrowStackCase(), new LargeImagesCase(), new PooledProductsCase(), new WindowEdgesCase(), new LearnedBlocksCase(),
];

int passed = 0, failed = 0;
void Count(bool success)
{
    if (success)
        passed++;
    else
        failed++;
}

string path = InstructionSet.Avx512 ? "avx512" : InstructionSet.Avx2 ? "avx2" : InstructionSet.Neon ? "neon" : InstructionSet.Vector128 ? "vector128" : "scalar";
Console.WriteLine("path " + path + " (" + InstructionSet.Name + ")");
if (options.ExpectedPath is not null)
{
    Count(path == options.ExpectedPath);
    if (path != options.ExpectedPath)
        Console.WriteLine("FAILED expected path " + options.ExpectedPath);
}

var total = new Hash();
foreach (var test in suite)
{
    var recorder = new Recorder(options.Threads);
    string? failure = null;
    try
    {
        test.Run(recorder);
        failure = recorder.Passed ? null : recorder.Failure ?? "off by " + recorder.WorstError.ToString("E2") + " of the output's scale";
    }
    catch (Exception error)
    {
        failure = error.ToString();
    }

    Count(failure is null);
    total.Add(recorder.Hash);
    Console.WriteLine((failure is null ? "passed " : "FAILED ") + recorder.Hash + "  " + test.Name + (failure is null ? "" : ": " + failure));
}

if (options.PrintHash)
    Console.WriteLine("hash " + total);
Console.WriteLine(passed.ToString() + " passed, " + failed.ToString() + " failed, 0 skipped");
return failed == 0 ? 0 : 1;
