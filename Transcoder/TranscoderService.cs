using FlickStream.Platform;
using FlickStream.Platform.Health;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Migrations;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Transcoder;

public static class TranscoderService
{
    /// <summary>Planning, the job board and a worker; or, as <c>Transcoder:Role</c> says, less of it.</summary>
    public static IHostApplicationBuilder AddTranscoder(this IHostApplicationBuilder builder)
    {
        builder.AddPlatform();
        var role = builder.Configuration.GetSection("Transcoder").Get<TranscoderOptions>() ?? new TranscoderOptions();
        builder.Services.AddOptions<TranscoderOptions>().BindConfiguration("Transcoder");
        builder.AddBoard();
        if (role.KeepsBoard) builder.KeepBoard();
        if (role.Encodes) builder.AddWorker();
        return builder;
    }

    public static IEndpointRouteBuilder MapTranscoder(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<TranscoderOptions>>().Value.KeepsBoard) return routes;
        JobRoutes.Map(routes);
        MigrationRoutes.Map(routes);
        return routes;
    }

    private static void AddBoard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BoardOptions>().BindConfiguration("Board").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<PlanningOptions>().BindConfiguration("Planning").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PlanningOptions>, ProtectionCheck>();
        builder.Services.AddKeys();
        builder.Services.AddMetrics().AddSingleton<TranscoderMetrics>();
        builder.Services.AddSingleton<JobBoard>().AddSingleton<JobSpreader>().AddSingleton<QueuePlaces>().AddSingleton<StepLog>();
        builder.Services.AddSingleton<Encodings>().AddSingleton<EncodeAsset>().AddSingleton<Collection>().AddSingleton<MigrationSweep>();
        builder.Services.AddSingleton<AssetIntake>().AddSingleton<BoardSweep>();
    }

    private static void KeepBoard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobEvents>();
        builder.Services.AddHostedService<AssetListener>();
        builder.Services.AddQuartz(quartz => quartz.AddBoardSweep(builder.Configuration));
        builder.Services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
    }

    private static void AddWorker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMedia().AddBlobsHealth();
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration("Worker").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<WorkFolder>().AddSingleton<StepExecution>().AddSingleton<StatusReporter>();
        builder.Services.AddSingleton<StepRunners>().AddSingleton<StepMedia>().AddSingleton<SegmentStore>().AddSingleton<TitleNotices>();
        builder.Services.AddSingleton<EncodeVideo>().AddSingleton<LeveledSound>().AddSingleton<EvenSound>().AddSingleton<EncodeAudio>().AddSingleton<MakePoster>().AddSingleton<Publish>();
        builder.Services.AddSingleton<Reprotect>();
        builder.Services.AddSingleton<ExtractText>().AddSingleton<StoreCaptions>().AddSingleton<TextStore>().AddSingleton<OfferText>();
        builder.Services.AddSingleton<MeasureQuality>().AddSingleton<QualityQueue>();
        builder.Services.AddHostedService<QualityWorker>();
        builder.Services.AddHostedService<OfferTexts>();
        builder.Services.AddHostedService<Worker>();
    }
}
