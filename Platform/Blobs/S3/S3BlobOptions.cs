using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>Section <c>Platform:S3</c>: the bucket that holds the blobs when <c>Platform:Blobs</c> is <c>S3</c>.</summary>
public sealed class S3BlobOptions
{
    /// <summary>The bucket's name. It exists already, and nothing else writes under <see cref="KeyPrefix"/>.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What every key in the bucket begins with, such as <c>flickstream/</c>; empty for nothing.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>Address of a service other than AWS, such as <c>https://s3.example.org</c>; null for AWS.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The bucket's region. Null: what the environment says (<c>AWS_REGION</c>, profile, instance), or <c>us-east-1</c> where
    /// <see cref="Endpoint"/> is set.</summary>
    public string? Region { get; set; }

    /// <summary>Whether the bucket's name goes into the path instead of the host's name. Null: only where <see cref="Endpoint"/> is set,
    /// because most services other than AWS have no host name a bucket.</summary>
    public bool? PathStyle { get; set; }

    /// <summary>With <see cref="SecretKey"/>. Null: the chain of the SDK (environment, profile, web identity, container or instance role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>With <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Which requests carry checksums beside those that must. Null: <see cref="S3Checksums.WhenSupported"/> on AWS, else
    /// <see cref="S3Checksums.WhenRequired"/>, because older services refuse the SDK's trailing checksums.</summary>
    public S3Checksums? Checksums { get; set; }

    /// <summary>Whether the service keeps a taken key when asked to (<c>If-None-Match: *</c>: AWS since 2024, Ceph, MinIO, R2). False for one
    /// that answers 501: a key is then looked up before it is written, and of writers in the same moment the last one wins.</summary>
    public bool ConditionalWrites { get; set; } = true;

    /// <summary>Bytes of a part; blobs up to about this size are one request. Parts grow by themselves where 10,000 would not do.</summary>
    [Range(5 << 20, 1 << 29)]
    public int PartBytes { get; set; } = 8 << 20;

    /// <summary>Parts of one write in memory and on their way at the same time. Measured against a gateway on loopback, more than four
    /// bring nothing; each connection to AWS carries about 80 MB/s.</summary>
    [Range(1, 64)]
    public int ParallelParts { get; set; } = 4;

    /// <summary>Parts on their way at the same time in the whole process.</summary>
    [Range(1, 4096)]
    public int PartsInFlight { get; set; } = 32;

    /// <summary>How often a request that failed for a passing reason (500, 503 SlowDown, a reset, a time-out) is sent again, with growing
    /// pauses: seven times last about 20 seconds.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 7;

    /// <summary>How long a request may take beside a second for each MiB that it carries, and how long a body may bring nothing.</summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    internal bool IsAws => Endpoint is null;

    internal bool SendsChecksums => (Checksums ?? (IsAws ? S3Checksums.WhenSupported : S3Checksums.WhenRequired)) is S3Checksums.WhenSupported;

    /// <summary>For messages to people; no secrets.</summary>
    internal string Place => $"bucket {Bucket} at {Endpoint ?? "AWS"}";
}

public enum S3Checksums
{
    /// <summary>Wherever the service knows how to check them.</summary>
    WhenSupported,

    /// <summary>Only where the service demands them.</summary>
    WhenRequired,
}
