using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Board.Bench;

/// <summary>Accepted films that the board takes in, so that jobs and steps are those of real titles.</summary>
internal sealed class Titles(IServiceProvider services)
{
    private readonly AssetIntake _intake = services.GetRequiredService<AssetIntake>();
    private readonly IDocumentSet<Asset> _assets = services.GetRequiredService<IDocuments>().Set(Asset.Schema);

    /// <summary>Two hours of 1080p24 with stereo.</summary>
    private static MediaReport Media { get; } = new(
        "mov,mp4,m4a,3gp,3g2,mj2",
        Seconds,
        50_000_000,
        new VideoReport(
            0, "h264", 1920, 1080, 1, 0, new Rational(24, 1), false, 24 * Seconds, 0, Seconds, "yuv420p", 8, null, null, null, false),
        [new AudioReport(1, "aac", 2, 48_000, "en", null, 0, Seconds)]);

    private const int Seconds = 7200;

    public static EncodingPlan Plan { get; } = EncodingPlan.For(Media, new PlanningOptions());

    /// <summary>Steps of a title that can be claimed once it is taken in.</summary>
    public static int Claimable { get; } = Plan.Steps().Count(step => step.Kind != StepKind.Publish);

    public async Task AddAsync(CancellationToken cancellationToken = default)
    {
        var id = Guid.NewGuid().ToString("N");
        await _assets.InsertAsync(
            id,
            new Asset
            {
                Id = id,
                State = AssetState.Accepted,
                Title = "A film of two hours",
                FileName = "film.mov",
                SizeBytes = 45_000_000_000,
                MasterKey = $"masters/{id}",
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Media = Media,
            },
            cancellationToken);
        await _intake.TakeOneAsync(id, cancellationToken);
    }
}
