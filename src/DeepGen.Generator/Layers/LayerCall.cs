using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>
/// One application of a layer: what it is given, and where it asks for parameters and says what is wrong. Only the
/// first finding counts, so a layer may carry on with stand-in sizes after it has said something.
/// </summary>
internal sealed class LayerCall(
    Layer layer,
    Arguments arguments,
    ImmutableArray<Term> operands,
    int results,
    ParameterScope scope,
    MemberInstance? member,
    ModuleInstance module,
    LayerPlace place,
    BlockElaborator blocks,
    Func<string?> activation)
{
    public Layer Layer { get; } = layer;

    public ImmutableArray<Term> Operands { get; } = operands;

    public Term X => Operands[0];

    /// <summary>Whether it is asked for all its results.</summary>
    public bool GivesAll { get; } = results > 1;

    /// <summary>Its results beside the first.</summary>
    public ImmutableArray<Term> Others { get; set; } = ImmutableArray<Term>.Empty;

    public Arguments Arguments { get; } = arguments;

    /// <summary>Whether it is applied while training, which matters to a few layers.</summary>
    public bool IsTraining => Scope.Training is not null;

    public ParameterScope Scope { get; } = scope;

    /// <summary>The activation that follows the layer, if one does.</summary>
    public string? Activation => activation();

    /// <summary>The block a Stack or Use refers to.</summary>
    public ModuleSpec Block => member?.Spec.Layer.Block ?? throw new IrException($"{Layer.Kind} without a block");

    /// <summary>Whether it is known: a type that is no block has been reported where it was read.</summary>
    public bool HasBlock => member?.Spec.Layer.Block is not null;

    public Finding? Finding { get; private set; }

    /// <summary>Floating point operations for each value of the result; 0 for a layer that only moves values.</summary>
    public long FlopsPerValue { get; set; } = 1;

    /// <summary>Says that the operands are wrong. Always null, so that a layer can return it.</summary>
    public Term? Report(string id, params string[] words) => Add(id, place.Step, words);

    /// <summary>Says that an argument is wrong, be it written or left out.</summary>
    public Term? ReportAt(string argument, string id, params string[] words) => Add(id, place.Arguments + "/" + argument, words);

    public Term? WantsRank(string wanted) => Report("DG0016", Layer.Kind, wanted, ShapeWords.Of(X.Sample));

    /// <summary>Whether the input is an image, or with one side a signal; if not, that is said.</summary>
    public bool IsImage(int sides = 2)
    {
        bool isImage = X.Sample.Rank == 1 + sides;
        if (!isImage)
        {
            WantsRank(sides == 2 ? "an image of channels, height and width" : "a signal of channels and steps");
        }

        return isImage;
    }

    /// <summary>
    /// Whether a tensor of these sizes can be indexed by an int; if not, that is said. Everything a layer makes larger
    /// than its input goes through here.
    /// </summary>
    public bool Fits(string what, params long[] sizes)
    {
        long length = Saturating.Product(sizes);
        if (length > int.MaxValue)
        {
            Report("DG0024", $"{what} of {Layer.Kind}", ShapeWords.Values(length));
        }

        return length <= int.MaxValue;
    }

    /// <summary>The axis of the graph that an argument names, or null if the input has no such axis.</summary>
    public int? Axis(string argument)
    {
        int axis = Arguments.Whole(argument);
        int rank = X.Sample.Rank;
        if (axis < -rank || axis >= rank)
        {
            ReportAt(argument, "DG0022", Layer.Kind, $"{ShapeWords.Of(X.Sample)} has no axis {ShapeWords.Number(axis)}");
            return null;
        }

        return (axis < 0 ? axis + rank : axis) + 1;
    }

    /// <summary>The layer's own parameter; asked for again (a shared layer), it is the same one.</summary>
    public Term Parameter(string name, Initializer kind, double scale, bool trainable, params int[] shape)
    {
        MemberInstance owner = member ?? throw new IrException($"{Layer.Kind} has parameters but no member to own them");
        var spec = new ParameterSpec(owner.Path + "." + name, new(shape), new(Scope.Counts), kind, scale, trainable);
        if (spec.Length > int.MaxValue)
        {
            Report("DG0024", $"the {name} of '{owner.Path}'", ShapeWords.Values(spec.Length));
        }
        else if (!owner.Own(spec))
        {
            Report("DG0008", Layer.Kind, owner.FirstInput, ShapeWords.Of(X.Sample));
        }

        return Scope.Parameter(spec.Path, Shape.OfConstants(shape));
    }

    /// <summary>The matrix of weights of another layer of the class, if that has asked for it already.</summary>
    public ParameterSpec? WeightOf(string name)
    {
        MemberInstance? other = module.Members.FirstOrDefault(m => m.Spec.Path == name);
        ParameterSpec? weight = other?.Parameters.FirstOrDefault(p => p.Path == other.Path + ".weight");
        return weight?.Shape.Count == 2 ? weight : null;
    }

    /// <summary>Says what a parameter of this layer, asked for before, is after a step of training.</summary>
    public void Update(string name, Term value) => Scope.Update(member!.Path + "." + name, value);

    /// <summary>Two numbers of this use of the layer that say what is random in it, others at every step; for a stack, of every copy.</summary>
    public Term? Key() => !Fits("the keys", 2, Scope.Copies) ? null : Scope.Parameter(Scope.Training!.Site($"{Layer.Kind.ToLowerInvariant()}.{member?.Path}"), Shape.Of(2));

    /// <summary>The weight, whose first axes are those of outputs and of inputs, begun as the layer says.</summary>
    public Term Weight(long fanIn, params int[] shape)
    {
        (Initializer kind, double scale) = Initialisation.Weight(Initialisation.Of(this), fanIn, shape);
        return Parameter("weight", kind, scale, true, shape);
    }

    /// <summary>The bias that goes with it.</summary>
    public Term Bias(long fanIn, int length)
    {
        (Initializer kind, double scale) = Initialisation.Bias(Initialisation.Of(this), fanIn);
        return Parameter("bias", kind, scale, true, length);
    }

    /// <summary>The block's result with its parameters taken from the scope; null if there were findings inside.</summary>
    public Term? ApplyBlock(ParameterScope inside, ImmutableArray<Term> inputs) => blocks(member!, inside, inputs);

    private Term? Add(string id, string at, string[] words)
    {
        Finding ??= new Finding(id, at, new(words));
        return null;
    }
}

/// <summary>Elaborates the block of a Stack or Use on some inputs.</summary>
internal delegate Term? BlockElaborator(MemberInstance member, ParameterScope inside, ImmutableArray<Term> inputs);

/// <summary>The place keys of a call: the expression it stands in, and where its arguments are written.</summary>
internal readonly record struct LayerPlace(string Step, string Arguments);
