using DeepGen.Data;

namespace DeepGen.Tests;

public sealed class BadTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_label_out_of_range_is_named_with_its_sample_before_a_weight_changes()
    {
        var classes = new int[50];
        classes[33] = 3;
        var data = DataSet.FromArrays(new float[50 * 4], [4], classes);
        Assert.Contains(
            "sample 33 of the training data has the label 3, but 'target' of SoftmaxRegression has 3 classes, 0 to 2", Refused(data));
        Assert.Contains("sample 33 of the validation data", Refused(Samples.Classes(), new FitOptions { Validation = data, Console = null }));
    }

    [Fact]
    public void Inputs_and_targets_of_another_shape_are_refused()
    {
        Assert.Contains(
            "the training data do not fit SoftmaxRegression: input 0 of a sample has the shape [5], 5 values, expected [1, 2, 2], 4 values, for 'input'",
            Refused(DataSet.FromArrays(new float[50], [5], new int[10])));
        Assert.Contains(
            "target 0 of a sample is of shape [2], 2 values, expected a class from 0 to 2 for 'target' of CrossEntropy",
            Refused(DataSet.FromArrays(new float[40], [4], new float[20], [2])));
        Assert.Contains("a sample has 2 inputs, expected 1", Refused(new DataSet(
            [Column.OfValues(new float[40], 4), Column.OfValues(new float[10], 1)], [Column.OfClasses(new int[10])])));
        Assert.Contains("a sample has 0 targets, expected 1", Refused(new DataSet([Column.OfValues(new float[40], 4)], [])));
    }

    [Fact]
    public void Empty_data_are_refused()
    {
        Assert.Contains("the training data are empty", Refused(Samples.Classes().Take(0)));
        Assert.Contains("the validation data are empty", Refused(Samples.Classes(), new FitOptions { Validation = Samples.Classes().Take(0), Console = null }));
    }

    [Theory]
    [InlineData(0, 1, "BatchSize is 0, but must be at least 1")]
    [InlineData(10, 3, "BatchSize is 10, which is no multiple of MicroBatches, 3")]
    public void Options_that_make_no_sense_are_refused(int batch, int pieces, string words) =>
        Assert.Contains(words, Refused(Samples.Classes(), new FitOptions { BatchSize = batch, MicroBatches = pieces, Console = null }));

    [Fact]
    public void More_options_that_make_no_sense_are_refused()
    {
        Assert.Contains("Resume needs Checkpoint", Refused(Samples.Classes(), new FitOptions { Resume = true }));
        Assert.Contains("ValidationFraction is 1, but", Refused(Samples.Classes(), new FitOptions { ValidationFraction = 1 }));
        Assert.Contains("cannot be used with micro-batches", Refused(
            Samples.Classes(), new FitOptions { BatchSize = 8, MicroBatches = 2, Optimizer = new Lbfgs(), Console = null }));
        Assert.Contains("the metric 'MAE' needs one target value", Refused(Samples.Classes(), new FitOptions { Metrics = [new MeanAbsoluteError()] }));
        Assert.Contains("there are two metrics 'accuracy'", Refused(Samples.Classes(), new FitOptions { Metrics = [new Accuracy(), new Accuracy()] }));
        Assert.Contains("looks at target 1, but SoftmaxRegression has 1", Refused(Samples.Classes(), new FitOptions { Metrics = [new Accuracy { Target = 1 }] }));
    }

    [Fact]
    public void What_is_watched_must_be_there()
    {
        var options = new FitOptions { Callbacks = [new EarlyStopping { Monitor = "validation speed" }], Console = null };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options));
        Assert.Equal("'validation speed' is to be watched, but there are only 'loss', 'accuracy'", error.Message);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_with_the_step_and_the_last_good_checkpoint()
    {
        string path = Path.Combine(_folder.Path, "c");
        var network = new SoftmaxRegression { Spoil = (step, loss) => step == 9 ? float.NaN : loss };
        var options = new FitOptions { Epochs = 5, Checkpoint = path, Console = null };
        var error = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, Samples.Classes(), options));
        Assert.Equal(9, error.Step);
        Assert.Equal(path, error.Checkpoint);
        Assert.Null(error.Place);
        Assert.Contains("the training diverged at step 9 in epoch 3: the loss is NaN", error.Message);
        Assert.Contains("with [Trace] on SoftmaxRegression this message would name the layer", error.Message);
        Assert.Contains($"the last good checkpoint is '{path}'", error.Message);
    }

    [Fact]
    public void An_infinite_value_is_traced_to_the_layer_where_it_first_appeared()
    {
        var network = new SmallPerceptron();
        network.Parameters["3.weight"].Write([3e38f, 3e38f, 3e38f, 3e38f, 3e38f, 3e38f]);
        network.Parameters["0.bias"].Write([9, 9, 9, 9, 9, 9]);
        var error = Diverges(network, Samples.Values());
        Assert.Equal("Dense1", error.Place);
        Assert.Contains("the first value that is not finite is 'Dense1', infinite for sample 0 of the batch", error.Message);
        Assert.Contains("there is no checkpoint from before; FitOptions.Checkpoint asks for them", error.Message);
    }

    [Fact]
    public void Data_that_are_no_numbers_are_told_from_layers()
    {
        var inputs = new float[40];
        inputs[25] = float.NaN;
        var error = Diverges(new SmallPerceptron(), DataSet.FromArrays(inputs, [2], new float[20], [1]));
        Assert.Equal("input 'input'", error.Place);
        Assert.Contains("input 'input' of sample 12 of the batch is NaN at index 1", error.Message);

        var targets = new float[20];
        targets[3] = float.NegativeInfinity;
        error = Diverges(new SmallPerceptron(), DataSet.FromArrays(new float[40], [2], targets, [1]));
        Assert.Contains("target 'target' of sample 3 of the batch is minus infinite at index 0", error.Message);
    }

    [Fact]
    public void A_weight_that_is_no_number_never_gets_into_a_checkpoint()
    {
        string path = Path.Combine(_folder.Path, "c");
        var network = new SmallPerceptron();
        var options = new FitOptions
        {
            Checkpoint = path,
            CheckpointEvery = 1,
            Console = null,
            Callbacks = [new Hook { AtStep = r => r.Network.Parameters["3.bias"].Write([r.Step == 2 ? float.NaN : 0]) }],
        };
        var error = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, Samples.Values(), options));
        Assert.Equal("parameter '3.bias'", error.Place);
        var loaded = new SmallPerceptron();
        loaded.Parameters.Load(path);
        Assert.Equal(0, loaded.Parameters["3.bias"].Values[0]);
    }

    [Fact]
    public void An_infinite_gradient_that_was_to_be_clipped_stops_the_training()
    {
        var network = new SmallPerceptron();
        network.Parameters["3.bias"].Write([1e19f]);
        network.Parameters["3.weight"].Write([1e19f, 1e19f, 1e19f, 1e19f, 1e19f, 1e19f]);
        var options = new FitOptions { Optimizer = new Sgd(1) { ClipNorm = 1 }, Console = null };
        var error = Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, Samples.Values(), options));
        Assert.Equal(0, error.Step);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        string path = Path.Combine(_folder.Path, "c");
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), new FitOptions { Epochs = 1, Checkpoint = path, Console = null });
        var network = new SmallPerceptron();
        var before = TestParameters.All(network.Parameters);
        var options = new FitOptions { ResumeFrom = path, Console = null };
        var error = Assert.Throws<CheckpointException>(() => Trainer.Fit(network, Samples.Values(), options));
        Assert.Contains($"cannot resume from '{path}': it does not fit the network: '0.weight' is missing", error.Message);
        Bits.Equal(before, TestParameters.All(network.Parameters));
    }

    [Fact]
    public void A_checkpoint_of_another_training_says_what_differs()
    {
        string path = Path.Combine(_folder.Path, "c");
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), new FitOptions { Epochs = 1, Checkpoint = path, Console = null });
        var network = new SoftmaxRegression();
        var before = TestParameters.All(network.Parameters);
        var options = new FitOptions { ResumeFrom = path, Seed = 2, BatchSize = 32, Optimizer = new Sgd(0.5), Console = null };
        var error = Assert.Throws<CheckpointException>(() => Trainer.Fit(network, Samples.Classes(50), options));
        Assert.Contains(
            "the training would not go on as it began: the seed was 1 and is now 2; the batch size was 64 and is now 32; " +
            "the number of training samples was 200 and is now 50; the optimiser was adam and is now sgd; the learning rate was 0.001 and is now 0.5",
            error.Message);
        Bits.Equal(before, TestParameters.All(network.Parameters));
    }

    [Fact]
    public void Weights_without_a_training_cannot_be_gone_on_from()
    {
        string path = Path.Combine(_folder.Path, "c");
        new SoftmaxRegression().Parameters.Save(path);
        var options = new FitOptions { ResumeFrom = path, Console = null };
        var error = Assert.Throws<CheckpointException>(() => Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options));
        Assert.Contains("it holds weights, but no state of a training: read it with Load", error.Message);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_changes_nothing()
    {
        string path = Path.Combine(_folder.Path, "c");
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), new FitOptions { Epochs = 1, Checkpoint = path, Console = null });
        var whole = File.ReadAllBytes(path);
        var network = new SoftmaxRegression();
        var before = TestParameters.All(network.Parameters);
        foreach (int length in new[] { 0, 7, 100, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<CheckpointException>(() => Trainer.Fit(network, Samples.Classes(), new FitOptions { ResumeFrom = path, Console = null }));
            Bits.Equal(before, TestParameters.All(network.Parameters));
        }
    }

    [Fact]
    public void A_checkpoint_to_resume_from_must_exist_but_one_to_resume_need_not()
    {
        string path = Path.Combine(_folder.Path, "none");
        Assert.Throws<FileNotFoundException>(() => Trainer.Fit(
            new SoftmaxRegression(), Samples.Classes(), new FitOptions { ResumeFrom = path, Console = null }));
        Assert.Equal(4, Trainer.Fit(
            new SoftmaxRegression(), Samples.Classes(), new FitOptions { Epochs = 1, Checkpoint = path, Resume = true, Console = null }).Steps);
    }

    private static TrainingDivergedException Diverges(SmallPerceptron network, DataSet data) =>
        Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(network, data, new FitOptions { Shuffle = false, Console = null }));

    private static string Refused(IDataSource data, FitOptions? options = null)
    {
        var network = new SoftmaxRegression();
        var before = TestParameters.All(network.Parameters);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, data, options ?? new FitOptions { Console = null }));
        Bits.Equal(before, TestParameters.All(network.Parameters));
        return error.Message;
    }
}
