using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Access;

/// <summary>Section <c>Platform:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Keys that this process has not seen good, tried from one address in a minute before further ones are refused unseen.
    /// Behind a proxy the server must be told so (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c>), or all callers have one address.</summary>
    [Range(1, 1_000_000)]
    public int UnknownKeysPerMinute { get; init; } = 60;
}
