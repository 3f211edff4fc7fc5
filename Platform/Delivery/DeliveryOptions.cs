namespace FlickStream.Platform.Delivery;

/// <summary>Section <c>Delivery</c>: where players fetch media from.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Who sends segments, sprites and posters. Manifests always come from the origin.</summary>
    public DeliveryAdapter Adapter { get; init; } = DeliveryAdapter.Direct;

    /// <summary>Whether the origin also sends media itself under the addresses of its manifests while a CDN delivers. False: it sends such
    /// requests on to the CDN, and no media byte leaves it.</summary>
    public bool OriginServesMedia { get; init; }

    /// <summary>The origin sends on who asks it for media.</summary>
    public bool IsMediaElsewhere => Adapter != DeliveryAdapter.Direct && !OriginServesMedia;
}

public enum DeliveryAdapter
{
    /// <summary>The origin.</summary>
    Direct,

    /// <summary>Amazon CloudFront; see <see cref="CloudFront.CloudFrontOptions"/>.</summary>
    CloudFront,
}
