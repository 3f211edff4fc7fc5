using FlickStream.Platform.Blobs.S3;
using FlickStream.Platform.Documents.Mongo;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

internal sealed class PlatformOptionsCheck : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataFolder)) errors.Add("Platform:DataFolder is empty; name a folder.");
        if (options.Blobs == BlobsAdapter.S3) errors.AddRange(S3BlobOptionsCheck.ErrorsOf(options.S3));
        if (options.Hosting != PlatformHosting.Standalone)
        {
            ThisProcessOnly("Blobs", options.Blobs == BlobsAdapter.Disk, options.Blobs);
            ThisProcessOnly("Documents", options is { Documents: DocumentsAdapter.Sqlite, Hosting: PlatformHosting.Apart }, options.Documents);
            ThisProcessOnly("Bus", options.Bus == BusAdapter.InProcess, options.Bus);
            ThisProcessOnly("Leases", options.Leases == LeasesAdapter.InMemory, options.Leases);
        }

        CheckRedis(options, errors);
        if (options.Documents == DocumentsAdapter.Mongo && MongoOptionsCheck.ErrorOf(options.Mongo) is { } error) errors.Add(error);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void ThisProcessOnly(string option, bool alone, Enum value)
        {
            if (alone)
            {
                errors.Add($"Platform:{option} is {value}, which services in other processes cannot share; "
                    + $"set Platform:{option} to an adapter they share, or run everything in one process (Platform:Hosting=Standalone).");
            }
        }
    }

    private static void CheckRedis(PlatformOptions options, List<string> errors)
    {
        if (options.OptionsOnRedis().Select(name => $"Platform:{name}").ToList() is not { Count: > 0 } chosen) return;
        if (string.IsNullOrWhiteSpace(options.Redis.Connection))
        {
            errors.Add($"Platform:Redis:Connection is empty, but {string.Join(", ", chosen)} {(chosen.Count == 1 ? "is" : "are")} Redis; "
                + "name the server, such as localhost:6379.");
        }
        else if (options.Redis.ToClientOptions() is null)
        {
            errors.Add("Platform:Redis:Connection cannot be understood; write host:port, then settings after commas, such as "
                + "redis.example.com:6380,ssl=true,password=...");
        }
    }
}
