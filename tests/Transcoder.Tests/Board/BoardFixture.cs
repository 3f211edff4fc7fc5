using System.Text;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>A board on real documents in a temporary folder, with a clock of its own and no worker.</summary>
public sealed class BoardFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("board-").FullName;
    private readonly IHost _host;

    /// <param name="documents">What stands between the board and its documents; none: nothing.</param>
    internal BoardFixture(Func<IDocuments, IDocuments>? documents = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = _folder,
            ["Platform:Hosting"] = "Standalone",
        });
        builder.AddTranscoder();
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IOptions<PlanningOptions>>(new Chosen(this));
        if (documents is not null)
        {
            var real = builder.Services.Last(s => s.ServiceType == typeof(IDocuments)).ImplementationFactory!;
            builder.Services.AddSingleton(services => documents((IDocuments)real(services)));
        }

        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The options of now.</summary>
    internal PlanningOptions Planning { get; set; } = new();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal JobBoard Jobs => Get<JobBoard>();

    internal BoardSweep Sweep => Get<BoardSweep>();

    internal StepExecution Execution => Get<StepExecution>();

    internal StatusReporter Status => Get<StatusReporter>();

    internal JobSpreader Spreader => Get<JobSpreader>();

    internal EncodeAsset Encode => Get<EncodeAsset>();

    internal Publish Publish => Get<Publish>();

    internal OfferText Texts => Get<OfferText>();

    internal QualityQueue Measurements => Get<QualityQueue>();

    internal StoreCaptions Captions => Get<StoreCaptions>();

    internal WorkFolder Work => Get<WorkFolder>();

    internal MeasureQuality Quality => Get<MeasureQuality>();

    internal JobEvents Events => Get<JobEvents>();

    internal IBus Bus => Get<IBus>();

    internal IDocuments Documents => Get<IDocuments>();

    internal static MediaReport Media(double seconds = 60) => new(
        "mov,mp4,m4a,3gp,3g2,mj2",
        seconds,
        8_000_000,
        new VideoReport(
            0, "h264", 640, 360, 1, 0, new Rational(24, 1), false, (long)(seconds * 24), 0, seconds, "yuv420p", 8, null, null, null, false),
        [new AudioReport(1, "aac", 2, 48_000, "en", null, 0, seconds)]);

    /// <summary>An accepted asset, taken by the sweep.</summary>
    internal async Task<Job> AddAsync(string assetId, double seconds = 60, string? owner = null)
    {
        var asset = new Asset
        {
            Id = assetId,
            Owner = owner,
            State = AssetState.Accepted,
            Title = assetId,
            FileName = $"{assetId}.mp4",
            SizeBytes = 1,
            MasterKey = $"masters/{assetId}",
            CreatedAt = Clock.GetUtcNow(),
            Media = Media(seconds),
        };
        await Documents.Set(Asset.Schema).InsertAsync(assetId, asset, Stop);
        await Sweep.RunAsync(Stop);
        Clock.Advance(TimeSpan.FromMilliseconds(5));
        var plan = EncodingPlan.For(asset.Media, Planning, asset.Source);
        return (await Documents.Set(Job.Schema).GetAsync(Job.IdOf(assetId, plan.Revision), Stop))!.Value;
    }

    /// <summary>A WebVTT file beside the master of the asset <c>title</c>, which nobody has looked at.</summary>
    internal async Task UploadTextAsync(string cues, double? offset = null, string textId = "0123abcd")
    {
        var text = new SideText
        {
            AssetId = "title",
            TextId = textId,
            Language = "en",
            Role = TextRole.Subtitles,
            Label = "English",
            Format = TextFormat.WebVtt,
            Encoding = "utf-8",
            Cues = 1,
            Offset = offset,
            CreatedAt = Clock.GetUtcNow(),
            IsPending = true,
        };
        await StoreAsync(text.BlobKey, $"WEBVTT\n\n{cues}\n");
        await Documents.Set(SideText.Schema).InsertAsync(SideText.IdOf(text.AssetId, text.TextId), text, Stop);
    }

    /// <summary>A blob of some text, under a key.</summary>
    internal Task StoreAsync(string key, string content = ".") => Get<IBlobs>().WriteAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(content)), Stop);

    /// <summary>The same of a file.</summary>
    internal async Task StoreAsync(string key, FileStream file)
    {
        await using (file) await Get<IBlobs>().WriteAsync(key, file, Stop);
    }

    internal async Task<Job> JobAsync(string id) => (await Documents.Set(Job.Schema).GetAsync(id, Stop))!.Value;

    internal async Task<Step> StepAsync(string id) => (await Documents.Set(Step.Schema).GetAsync(id, Stop))!.Value;

    internal async Task<List<Step>> StepsAsync(string jobId)
    {
        var steps = new List<Step>();
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("job", jobId)] };
        await foreach (var step in Documents.Set(Step.Schema).QueryAllAsync(query, Stop)) steps.Add(step.Value);
        return steps;
    }

    /// <summary>Every step that can be claimed now, in the order of claims; encode lane first.</summary>
    internal async Task<List<Claim>> ClaimAllAsync(string owner = "worker")
    {
        var claims = new List<Claim>();
        foreach (var lane in Enum.GetValues<StepLane>())
            while (await Jobs.ClaimAsync(owner, lane, Stop) is { } claim) claims.Add(claim);
        return claims;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private sealed class Chosen(BoardFixture board) : IOptions<PlanningOptions>
    {
        public PlanningOptions Value => board.Planning;
    }
}
