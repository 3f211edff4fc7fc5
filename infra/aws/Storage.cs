using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace FlickStream.Aws;

/// <summary>The bucket of all blobs (<c>Platform:S3:Bucket</c>). Who may see what in it goes by folder: the distribution has
/// <see cref="MediaFolder"/> and nothing else.</summary>
internal sealed class Storage : Construct
{
    /// <summary>The folder of all media: <c>media/{asset}/{revision}/v1080/3.m4s</c>.</summary>
    public const string MediaFolder = "media/";

    public const string MastersFolder = "masters/";

    /// <summary>The ends of unfinished uploads that are short of a part.</summary>
    public const string TailsFolder = "~partials/";

    /// <summary>What services ask for to see whether the bucket answers; nobody writes it.</summary>
    public const string AbsentKey = "none";

    /// <summary>From an upload's first byte. Ingest gives uploads up a day after their last one (<c>Ingest:Uploads:UnfinishedLifetime</c>);
    /// this is for what it never heard of, and must be longer than the slowest upload lasts.</summary>
    private static readonly Duration LongestUpload = Duration.Days(14);

    // A worker's write takes seconds; Transcoder gives up what fails, except where it was killed.
    private static readonly Duration LongestWrite = Duration.Days(1);

    public Storage(Construct scope, StackSettings settings)
        : base(scope, "Storage")
    {
        var kept = settings.KeepDeletedDays is { } days ? Duration.Days(days) : null;
        Bucket = new Bucket(this, "Blobs", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            RemovalPolicy = RemovalPolicy.RETAIN,

            // Keys are written once and never replaced, so old versions are nothing but deleted titles that are still paid for.
            Versioned = kept is not null,
            LifecycleRules =
            [
                Abandoned("writes", MediaFolder, LongestWrite, kept),
                Abandoned("uploads", MastersFolder, LongestUpload, kept),
                new LifecycleRule
                {
                    Id = "abandoned-tails", Prefix = TailsFolder, Expiration = LongestUpload,
                    NoncurrentVersionExpiration = kept is null ? null : Duration.Days(1),
                },
            ],
            Cors =
            [
                new CorsRule
                {
                    // Answers preflights. What a page may read is decided by the distribution's own headers, on errors too.
                    AllowedMethods = [HttpMethods.GET, HttpMethods.HEAD],
                    AllowedOrigins = settings.PageOrigins.Count == 0 ? ["*"] : [.. settings.PageOrigins],
                    AllowedHeaders = ["*"],
                    MaxAge = 86400,
                },
            ],
        });

        // The library lets a distribution into a whole bucket. Masters are not for it, whatever paths it may be given one day.
        Bucket.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "MediaOnly",
            Effect = Effect.DENY,
            Principals = [new ServicePrincipal("cloudfront.amazonaws.com")],
            Actions = ["s3:*"],
            NotResources = [Bucket.ArnForObjects($"{MediaFolder}*")],
        }));
    }

    public Bucket Bucket { get; }

    private static LifecycleRule Abandoned(string what, string folder, Duration after, Duration? kept) => new()
    {
        Id = $"abandoned-{what}",
        Prefix = folder,
        AbortIncompleteMultipartUploadAfter = after,
        NoncurrentVersionExpiration = kept,
    };
}
