namespace FlickStream.Aws;

/// <summary>What a deployment says of itself, in one JSON file. It names no secret: private keys stay where the services read them.</summary>
internal sealed record StackSettings
{
    /// <summary>The host that viewers use for page, manifests and media, such as <c>play.example.com</c>.</summary>
    public string Domain { get; init; } = "";

    /// <summary>A certificate for it, in us-east-1, where CloudFront looks for them.</summary>
    public string CertificateArn { get; init; } = "";

    /// <summary>Files of public keys in PEM form, relative to the settings: RSA of 2048 bits or ECDSA on P-256. The last one is the one that
    /// signs; to rotate, add a file and deploy, and remove the old one when the last grant that it signed has ended.</summary>
    public IReadOnlyList<string> SigningKeys { get; init; } = [];

    /// <summary>Where the services answer over HTTPS.</summary>
    public ServiceHosts Services { get; init; } = new();

    /// <summary>Origins of pages, such as <c>https://www.example.com</c>, that play with cookies (<c>Delivery:CloudFront:SetCookies</c>) and
    /// are not on <see cref="Domain"/>. None: any page may play what it has a signed address for, and none may send cookies.</summary>
    public IReadOnlyList<string> PageOrigins { get; init; } = [];

    /// <summary>How many days the bucket keeps what was deleted: as many as the oldest back-up of the documents is old, or restoring it finds
    /// documents without blobs. None: what is deleted is gone at once.</summary>
    public int? KeepDeletedDays { get; init; }

    /// <summary>The EKS cluster that the services run in; their pods take the roles by its pod identity agent.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>The namespace of their service accounts, which are called <c>ingest</c>, <c>transcoder</c>, <c>origin</c> and
    /// <c>portal</c>.</summary>
    public string Namespace { get; init; } = "flickstream";

    /// <summary>Where on the world CloudFront serves from, which decides its prices.</summary>
    public Edges Edges { get; init; } = Edges.Everywhere;
}

/// <summary>Host names of load balancers, without scheme; one host for several services is fine where it routes by path.</summary>
internal sealed record ServiceHosts
{
    public string Ingest { get; init; } = "";

    public string Transcoder { get; init; } = "";

    public string Origin { get; init; } = "";

    public string Portal { get; init; } = "";
}

internal enum Edges
{
    Everywhere,

    /// <summary>All but South America, Australia and New Zealand.</summary>
    Most,

    /// <summary>North America, Europe and Israel.</summary>
    NorthAmericaAndEurope,
}
