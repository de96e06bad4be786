using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Diagnostics;

/// <summary>
/// Every rule, in order: its title and the sentence it says. Shapes arrive in words. What a rule means, with an example and
/// a fix, stands on its page in docs/diagnostics. DG0015 is missing: the package's build files report it.
/// </summary>
internal static class Descriptors
{
    private const string Help = "https://github.com/deepgen/deepgen/blob/main/docs/diagnostics/";

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        Error("DG0001", "A network or block is partial", "'{0}' must be partial, so that the compiler can write its network into it"),
        Error("DG0002", "A network or block is an ordinary class", "'{0}' cannot be a network or block: {1}"),
        Error("DG0003", "A network has an input", "There is no input: {0}"),
        Error("DG0004", "Layers stand on one declaration", "The layers of '{0}' are spread over several partial declarations, whose order is not defined; put them on one"),
        Error("DG0005", "Sizes are positive", "{0} is {1}; it must be at least 1"),
        Error("DG0006", "A window fits into its input", "The window of {0}, {1}, is larger than its padded input, {2}"),
        Error("DG0007", "Groups divide the channels", "{0} cannot split {1} channels into {2} equal groups"),
        Error("DG0008", "Shapes fit together", "The shapes given to {0} do not fit together: {1} and {2}"),
        Error("DG0009", "Flatten comes before Dense", "Dense takes a vector or a sequence, but gets {0}; put Flatten before it"),
        Error("DG0010", "A residual branch keeps the shape", "The residual branch turns {0} into {1}; it must keep the shape so that its input can be added"),
        Error("DG0011", "A block does not contain itself", "'{0}' contains itself: {1}"),
        Error("DG0012", "Forward is evaluated while compiling", "{0} is evaluated while compiling and cannot contain {1}"),
        Error("DG0013", "Layers are called inside Forward", "'{0}' has a meaning inside Forward only; to compute with the network, call Predict"),
        Error("DG0014", "A reading has a rule for every primitive", "[{0}] cannot be written: it has no rule for '{1}', which '{2}' needs"),
        Error("DG0016", "A layer gets the rank it takes", "{0} takes {1}, but gets {2}"),
        Error("DG0017", "Forward and layer methods have their form", "{0}"),
        Error("DG0018", "Numbers in Forward are constants", "{0} must be known while compiling"),
        Error("DG0019", "Stack and Use take a block", "{0} cannot take '{1}': {2}"),
        Error("DG0020", "A network has layers", "'{0}' has no layers"),
        Error("DG0021", "A stacked block keeps the shape", "A stack repeats its block, so '{0}' must keep the shape, but it turns {1} into {2}"),
        Error("DG0022", "Axes and shapes are in range", "{0}: {1}"),
        Error("DG0023", "Arguments are in range", "{0} is {1}; it must be {2}"),
        Error("DG0024", "A network has a size that can be computed with", "Too large: {0} comes to {1}"),
        Warning("DG0025", "A layer belongs to a network", "[{0}] has no effect: {1}"),
        Warning("DG0026", "Layer methods are called", "'{0}' is never called in Forward, so its layers are not part of the network"),
        Error("DG0027", "Generated members have their names to themselves", "'{0}' is also a member that DeepGen writes into '{1}'; give yours another name"),
        Error("DG0028", "Training has an output to look at and parameters to change", "[Train] {0}"),
        Error("DG0029", "A loss of one's own has its form", "'{0}' cannot be a loss: {1}"),
        Error("DG0030", "A loss fits its output", "{0} cannot be a loss of '{1}': {2}"),
        Error("DG0031", "A size known at run time has a largest value", "The size '{0}': {1}"),
        Error("DG0032", "A layer takes sizes known at run time", "{0} cannot take {1}, since it needs to know '{2}' while compiling"),
        Error("DG0033", "A stream has one size that is time, and sees its past alone", "[Stream] cannot be written: {0}"),
        Error("DG0034", "A layer takes sequences of different lengths", "'{0}' cannot take sequences of lengths of their own: in its {2} the elements of '{1}' beyond a sample's last would count"));

    public static DiagnosticDescriptor Of(string id) => All.First(d => d.Id == id);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "DeepGen", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + id + ".md");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "DeepGen", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Help + id + ".md");
}
