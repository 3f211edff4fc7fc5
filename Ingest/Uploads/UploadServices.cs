namespace FlickStream.Ingest.Uploads;

internal static class UploadServices
{
    public static void AddUploads(this IServiceCollection services)
    {
        services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UploadWriters>().AddSingleton<UploadDigests>().AddSingleton<UploadQuota>().AddSingleton<StorageSpace>();
        services.AddSingleton<FindUpload>().AddSingleton<CreateUpload>().AddSingleton<ConcatenateUploads>();
        services.AddSingleton<AppendUpload>().AddSingleton<ReceiveUpload>().AddSingleton<TerminateUpload>();
        services.AddSingleton<CompleteUpload>().AddSingleton<AssembleUpload>();
        services.AddSingleton<UploadSweep>().AddHostedService(provider => provider.GetRequiredService<UploadSweep>());
    }
}
