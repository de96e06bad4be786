namespace DeepGen.Models.Tests.Text;

/// <summary>Weights in Hugging Face's layout, loaded, give the scores that their formulas give.</summary>
public sealed class CheckpointTests
{
    private static readonly int[] s_text = [3, 9, 0, 10, 5, 5, 1];

    [Fact]
    public void A_gpt2_checkpoint_gives_its_scores()
    {
        const int Layers = 3, Width = 16, Heads = 2;
        var tensors = new HuggingFaceTensors();
        tensors.Add("transformer.wte.weight", 11, Width);
        tensors.Add("transformer.wpe.weight", 20, Width);
        Norm("transformer.ln_f");
        for (int layer = 0; layer < Layers; layer++)
        {
            Norm($"transformer.h.{layer}.ln_1");
            Norm($"transformer.h.{layer}.ln_2");
            Product($"transformer.h.{layer}.attn.c_attn", Width, 3 * Width);
            Product($"transformer.h.{layer}.attn.c_proj", Width, Width);
            Product($"transformer.h.{layer}.mlp.c_fc", Width, 4 * Width);
            Product($"transformer.h.{layer}.mlp.c_proj", 4 * Width, Width);
        }

        var network = new SmallGpt();
        Load(tensors, network, CheckpointMaps.Gpt2);
        var keys = Cache(Layers);
        var values = Cache(Layers);
        IDecoder decoder = network.NewDecoder();
        for (int position = 0; position < s_text.Length; position++)
        {
            double[] x = HuggingFaceTensors.Sum(tensors.Row("transformer.wte.weight", s_text[position]), tensors.Row("transformer.wpe.weight", position));
            for (int layer = 0; layer < Layers; layer++)
            {
                string block = $"transformer.h.{layer}.";
                double[] all = tensors.Columns(block + "attn.c_attn", tensors.LayerNorm(block + "ln_1", x));
                keys[layer].Add(all[Width..(2 * Width)]);
                values[layer].Add(all[(2 * Width)..]);
                x = HuggingFaceTensors.Sum(x, tensors.Columns(block + "attn.c_proj", HuggingFaceTensors.Attend(all[..Width], keys[layer], values[layer], Heads, Heads)));
                double[] hidden = tensors.Columns(block + "mlp.c_fc", tensors.LayerNorm(block + "ln_2", x));
                x = HuggingFaceTensors.Sum(x, tensors.Columns(block + "mlp.c_proj", [.. hidden.Select(Gelu)]));
            }

            Agree(tensors.Linear("transformer.wte.weight", tensors.LayerNorm("transformer.ln_f", x)), decoder.Step(s_text[position]));
        }

        void Norm(string name) => Product(name, Width);

        void Product(string name, params int[] shape)
        {
            tensors.Add(name + ".weight", shape);
            tensors.Add(name + ".bias", shape[^1]);
        }

        static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));
    }

    [Fact]
    public void A_llama_checkpoint_gives_its_scores()
    {
        const int Layers = 2, Width = 16, Heads = 4, KeyHeads = 2, Hidden = 24;
        var tensors = new HuggingFaceTensors();
        tensors.Add("model.embed_tokens.weight", 13, Width);
        tensors.Add("model.norm.weight", Width);
        tensors.Add("lm_head.weight", 13, Width);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"model.layers.{layer}.";
            tensors.Add(block + "input_layernorm.weight", Width);
            tensors.Add(block + "post_attention_layernorm.weight", Width);
            tensors.Add(block + "self_attn.q_proj.weight", Width, Width);
            tensors.Add(block + "self_attn.k_proj.weight", Width / 2, Width);
            tensors.Add(block + "self_attn.v_proj.weight", Width / 2, Width);
            tensors.Add(block + "self_attn.o_proj.weight", Width, Width);
            tensors.Add(block + "mlp.gate_proj.weight", Hidden, Width);
            tensors.Add(block + "mlp.up_proj.weight", Hidden, Width);
            tensors.Add(block + "mlp.down_proj.weight", Width, Hidden);
        }

        var network = new SmallLlama();
        Load(tensors, network, CheckpointMaps.Llama);
        var keys = Cache(Layers);
        var values = Cache(Layers);
        IDecoder decoder = network.NewDecoder();
        for (int position = 0; position < s_text.Length; position++)
        {
            double[] x = tensors.Row("model.embed_tokens.weight", s_text[position]);
            for (int layer = 0; layer < Layers; layer++)
            {
                string block = $"model.layers.{layer}.";
                double[] y = tensors.RmsNorm(block + "input_layernorm", x);
                keys[layer].Add(HuggingFaceTensors.Turn(tensors.Linear(block + "self_attn.k_proj.weight", y), KeyHeads, position));
                values[layer].Add(tensors.Linear(block + "self_attn.v_proj.weight", y));
                double[] query = HuggingFaceTensors.Turn(tensors.Linear(block + "self_attn.q_proj.weight", y), Heads, position);
                x = HuggingFaceTensors.Sum(x, tensors.Linear(block + "self_attn.o_proj.weight", HuggingFaceTensors.Attend(query, keys[layer], values[layer], Heads, KeyHeads)));
                y = tensors.RmsNorm(block + "post_attention_layernorm", x);
                double[] gate = tensors.Linear(block + "mlp.gate_proj.weight", y), up = tensors.Linear(block + "mlp.up_proj.weight", y);
                x = HuggingFaceTensors.Sum(x, tensors.Linear(block + "mlp.down_proj.weight", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)]));
            }

            Agree(tensors.Linear("lm_head.weight", tensors.RmsNorm("model.norm", x)), decoder.Step(s_text[position]));
        }
    }

    private static List<double[]>[] Cache(int layers) => [.. Enumerable.Range(0, layers).Select(_ => new List<double[]>())];

    private static void Load(HuggingFaceTensors tensors, INetwork network, CheckpointMap map)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            tensors.Save(folder);
            network.Parameters.Load(folder, map);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Agree(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
