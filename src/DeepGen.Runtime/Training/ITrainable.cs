using System.Collections.Immutable;

namespace DeepGen;

/// <summary>A network the compiler wrote a backward pass for.</summary>
public interface ITrainable : INetwork
{
    /// <summary>Gradients, outputs and settings of the training of this network, made when first asked for.</summary>
    TrainingState Training { get; }

    /// <summary>
    /// The mean loss of a batch. Its gradients are added to or put in place of those in <see cref="TrainingState.Gradients"/>, and
    /// the outputs can be read from <see cref="TrainingState.Output"/> until the next call. One call at a time.
    /// </summary>
    /// <exception cref="ArgumentException">An input or target does not fit; nothing has changed.</exception>
    float Gradients(Batch batch);

    /// <summary>
    /// A whole step: the mean loss of a batch, and the parameters changed by its gradients. The numbers are those of
    /// <see cref="Gradients"/> and <see cref="TrainingState.Step(Optimizer, int)"/>; parameters are changed within the backward pass
    /// where the optimiser allows it, and their gradients are not kept. A loss that is not finite changes none.
    /// </summary>
    /// <exception cref="ArgumentException">An input or target does not fit; nothing has changed.</exception>
    float Learn(Batch batch, Optimizer optimizer)
    {
        float loss = Gradients(batch);
        if (float.IsFinite(loss))
        {
            Training.Step(optimizer, Threads);
        }

        return loss;
    }
}

/// <summary>What is known of a trainable network's class.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface ITrainable<TSelf> : ITrainable, INetwork<TSelf>
    where TSelf : ITrainable<TSelf>
{
    /// <summary>What the losses are given, in the order of the batch's targets.</summary>
    static abstract ImmutableArray<TargetSignature> Targets { get; }
}
