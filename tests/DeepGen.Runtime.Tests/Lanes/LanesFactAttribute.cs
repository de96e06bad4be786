using DeepGen.Runtime;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DeepGen.Tests;

/// <summary>
/// A fact of a generic test class, which derived classes close over one kind of lanes each; skipped, with the reason, where this
/// machine cannot run that kind.
/// </summary>
[XunitTestCaseDiscoverer("DeepGen.Tests.LanesFactDiscoverer", "DeepGen.Runtime.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class LanesFactAttribute : FactAttribute;

public sealed class LanesFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new LanesTestCase(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class LanesTestCase : XunitTestCase
{
    [Obsolete("For deserialisation only.", error: true)]
    public LanesTestCase()
    {
    }

    public LanesTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(messages, display, options, testMethod)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute)
    {
        var lanes = TestMethod.TestClass.Class.ToRuntimeType().BaseType!.GetGenericArguments()[0];
        return Supported.Contains(lanes) ? base.GetSkipReason(factAttribute) : $"this machine cannot run {lanes.Name}";
    }

    private static IEnumerable<Type> Supported
    {
        get
        {
            yield return typeof(LanesScalar);
            if (InstructionSet.Avx512)
            {
                yield return typeof(Lanes512);
            }

            if (InstructionSet.Avx2)
            {
                yield return typeof(Lanes256);
            }

            if (InstructionSet.Neon)
            {
                yield return typeof(LanesNeon);
            }

            if (InstructionSet.Vector128)
            {
                yield return typeof(Lanes128);
            }
        }
    }
}
