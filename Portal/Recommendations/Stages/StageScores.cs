namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>Scores of all titles by all stages for one request at a time: 28 bytes a title, kept for the next request.</summary>
internal sealed class StageScores(int titles)
{
    public static readonly int Stages = Enum.GetValues<Stage>().Length;

    private readonly float[] _values = new float[titles * Stages];

    public float[] Total { get; } = new float[titles];

    public Span<float> Of(Stage stage) => _values.AsSpan((int)stage * titles, titles);
}
