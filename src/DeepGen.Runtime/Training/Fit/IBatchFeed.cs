namespace DeepGen;

/// <summary>Batches of one epoch after another; what comes is a function of the epoch's number and the batch's.</summary>
internal interface IBatchFeed
{
    /// <summary>How many batches an epoch has.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>How many samples an epoch has.</summary>
    long Samples { get; }

    /// <summary>Begins an epoch, counted from 0, at one of its batches.</summary>
    void Start(int epoch, int firstBatch);

    /// <summary>The next batch, valid until the one after it; null at the epoch's end.</summary>
    Batch? Next();
}
