using FlickStream.Platform.Documents.Mongo;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

internal sealed class PlatformOptionsCheck : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataFolder)) errors.Add("Platform:DataFolder is empty; name a folder.");
        if (options.Hosting != PlatformHosting.Standalone)
        {
            ThisProcessOnly("Blobs", options.Blobs == BlobsAdapter.Disk, options.Blobs);
            ThisProcessOnly("Documents", options is { Documents: DocumentsAdapter.Sqlite, Hosting: PlatformHosting.Apart }, options.Documents);
            ThisProcessOnly("Bus", options.Bus == BusAdapter.InProcess, options.Bus);
            ThisProcessOnly("Leases", options.Leases == LeasesAdapter.InMemory, options.Leases);
        }

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
}
