using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>Section <c>Delivery:CloudFront</c>; used where <c>Delivery:Adapter</c> is <c>CloudFront</c>.</summary>
/// <remarks>A grant that is ended, or that loses its place in a stream limit, gets no more manifests; what CloudFront was told stays good
/// until the grant's own end. So shorten <c>Origin:GrantLife</c> where that matters, and let players send heartbeats: segments no longer
/// keep a place in a stream limit.</remarks>
public sealed class CloudFrontOptions
{
    public const string Section = "Delivery:CloudFront";

    /// <summary>Where the distribution serves the media, such as <c>https://media.example.com/</c>: the blob <c>media/a/r/v720/0.m4s</c> is
    /// fetched from there by that path.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The distribution whose copies of a deleted title are invalidated, such as <c>E2QWRUHAPOMQZL</c>.</summary>
    public string DistributionId { get; init; } = "";

    /// <summary>Private keys whose public keys are in the distribution's key group. The last one signs; to rotate, add the new one behind
    /// the old one once CloudFront has its public key, and remove the old one when the last grant that it signed has ended.</summary>
    public IReadOnlyList<CloudFrontKeyOptions> Keys { get; init; } = [];

    /// <summary>What signatures hash. SHA-1 is what CloudFront assumes; SHA-256 adds a parameter that says so.</summary>
    public CloudFrontHash Hash { get; init; } = CloudFrontHash.Sha1;

    /// <summary>Whether manifests carry the signature in every address, which works on any player.</summary>
    public bool SignUrls { get; init; } = true;

    /// <summary>Whether the answer to a grant sets the signature as cookies. Alone (<see cref="SignUrls"/> false) it makes manifests
    /// shorter, and the same for all viewers, but only browsers that may send cookies to <see cref="BaseUrl"/> can play.</summary>
    public bool SetCookies { get; init; }

    /// <summary>The domain of those cookies, such as <c>example.com</c> where portal and media are hosts of it. Unset: the host that
    /// answers. Their path is always the folder that they open, so that titles in two windows do not close each other.</summary>
    public string? CookieDomain { get; init; }

    /// <summary>Signatures kept in memory, each about 1 KB, so that a grant is signed once and not once a manifest.</summary>
    [Range(100, 10_000_000)]
    public int SignaturesInMemory { get; init; } = 50_000;

    /// <summary>CloudFront's own API, for invalidations.</summary>
    public Uri ApiUrl { get; init; } = new("https://cloudfront.amazonaws.com/");
}

public sealed class CloudFrontKeyOptions
{
    /// <summary>CloudFront's id of the public key, such as <c>K2JCJMDEHXQW5F</c>.</summary>
    public string KeyPairId { get; init; } = "";

    /// <summary>The private key in PEM form without a password: RSA of 2048 bits or ECDSA on P-256.</summary>
    public string PrivateKeyFile { get; init; } = "";
}

public enum CloudFrontHash
{
    Sha1,
    Sha256,
}
