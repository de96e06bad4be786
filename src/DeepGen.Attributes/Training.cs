namespace DeepGen;

/// <summary>
/// Writes the backward pass: the gradients of a loss, and what a trainer needs to use them. Several losses, on one output
/// or on several, are added up, each with its weight and a target of its own.
/// </summary>
/// <remarks>
/// A loss is the mean over the batch, as PyTorch's with <c>reduction="mean"</c>. A custom one is a private method of the class,
/// over one output (or all of them) and over targets, whose shapes it says:
/// <code>
/// [Train(nameof(Distance))]
/// …
/// private Tensor Distance(Tensor output, [Shape(3)] Tensor target) =&gt; Abs(output - target);
/// </code>
/// It is read as <c>Forward</c> is; a sample's loss is the mean of what it returns.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TrainAttribute : ReadingAttribute
{
    /// <summary>Trains with one of the losses that are known.</summary>
    /// <param name="loss">The loss.</param>
    public TrainAttribute(Loss loss) => Loss = loss;

    /// <summary>Trains with a loss that the class defines.</summary>
    /// <param name="method">The name of a method of the class.</param>
    public TrainAttribute(string method) => Method = method;

    /// <summary>The loss, if it is one of those that are known.</summary>
    public Loss Loss { get; }

    /// <summary>The method of the class that is the loss, if it is one.</summary>
    public string? Method { get; }

    /// <summary>The name of the output it looks at; may be left out where there is but one.</summary>
    public string? Output { get; set; }

    /// <summary>The weight of this loss in the sum of all; positive.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>
    /// Whether targets may be missing: a class of −1, or, where targets are values, a sample with one that is not a number. What has no
    /// target contributes nothing, and the mean is over the rest. PyTorch, for classes: <c>ignore_index=-1</c>.
    /// </summary>
    public bool Masked { get; set; }

    /// <summary>
    /// For the nodes of a graph, with <see cref="Masked"/>: leaves out the rows of the graph, and of sparse inputs, that are further from every target
    /// than the layers reach. The loss and its gradients are the same numbers; outputs of training are those of nodes with a target alone.
    /// </summary>
    public bool OnlyNeeded { get; set; }

    /// <summary>For cross-entropy: the share of the target that is spread evenly over all classes, at least 0 and below 1.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>
    /// For cross-entropy: the axis of the output along which the classes lie, the first after the batch being 0; −1, the last, for
    /// the scores [t, c] of a sequence, whose targets are [t].
    /// </summary>
    public int ClassAxis { get; set; }

    /// <summary>For cross-entropy: how much each class counts; left out, all the same.</summary>
    public float[]? ClassWeights { get; set; }

    /// <summary>For cross-entropy: the target is a probability for every class, and not the number of a class.</summary>
    public bool Soft { get; set; }

    /// <summary>For Huber: the deviation where the square turns into a line; positive.</summary>
    public float Delta { get; set; } = 1;

    /// <summary>For cosine embedding: the output to be compared with, in place of a vector as the target.</summary>
    public string? Other { get; set; }

    /// <summary>For cosine embedding of two outputs: the cosine that two which do not belong together may have.</summary>
    public float Margin { get; set; }

    /// <summary>
    /// For cross-entropy: learns from the worst case too, that of the inputs within a radius around the given one, as bounds
    /// enclose it. The radius and the share of the plain loss are settings of the training.
    /// </summary>
    public bool Certified { get; set; }

    /// <summary>For certified training: the least value of an input that occurs at all.</summary>
    public float Lowest { get; set; } = float.NegativeInfinity;

    /// <summary>For certified training: the largest value of an input that occurs at all.</summary>
    public float Highest { get; set; } = float.PositiveInfinity;
}

/// <summary>How an output z is compared with a target t. Each is the mean over the batch.</summary>
public enum Loss
{
    /// <summary>
    /// −log of the target class's softmax of z: shape [c] or [c, …] of scores, and the number of a class (with
    /// <see cref="TrainAttribute.Soft"/> a probability for each). PyTorch: <c>nn.CrossEntropyLoss</c>.
    /// </summary>
    CrossEntropy,

    /// <summary>−t log σ(z) − (1 − t) log (1 − σ(z)), the mean over all values. PyTorch: <c>nn.BCEWithLogitsLoss</c>.</summary>
    BinaryCrossEntropy,

    /// <summary>(z − t)², the mean over all values. PyTorch: <c>nn.MSELoss</c>.</summary>
    MeanSquaredError,

    /// <summary>|z − t|, the mean over all values. PyTorch: <c>nn.L1Loss</c>.</summary>
    L1,

    /// <summary>
    /// ½ (z − t)² where |z − t| ≤ <see cref="TrainAttribute.Delta"/> = δ, else δ (|z − t| − ½ δ); the mean over all values.
    /// PyTorch: <c>nn.HuberLoss</c>.
    /// </summary>
    Huber,

    /// <summary>
    /// t (log t − z), the sum over a sample's values: z are logarithms of probabilities, t probabilities. PyTorch:
    /// <c>nn.KLDivLoss(reduction="batchmean")</c>.
    /// </summary>
    KullbackLeibler,

    /// <summary>
    /// ½ (log v + (m − t)² / v), the mean over all values: the output's last axis holds the means m and then as many raw
    /// variances r, with v = softplus(r) + 10⁻⁶. PyTorch: <c>nn.GaussianNLLLoss()(m, t, F.softplus(r) + 1e-6)</c>.
    /// </summary>
    GaussianNll,

    /// <summary>
    /// 1 − cos(z, t), t being a vector like z. With <see cref="TrainAttribute.Other"/> the cosine of two outputs a and b, and t
    /// is 1 where they belong together, −1 where not: 1 − cos(a, b) or max(0, cos(a, b) − margin). PyTorch:
    /// <c>nn.CosineEmbeddingLoss</c>.
    /// </summary>
    CosineEmbedding,
}
