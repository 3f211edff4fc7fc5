using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Access;

/// <summary>Section <c>Platform:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>A file with the administrator's key, <c>fs_</c>, 16 hex digits, <c>_</c> and 32 random bytes in base64url, for services that
    /// run apart: whoever deploys them makes it, and the services that are given it (Portal is enough) make the key known at their start.
    /// Unset: a process that runs everything makes a key by itself, in <c>admin.key</c> of the data folder.</summary>
    public string? AdminKeyFile { get; init; }

    /// <summary>Keys that this process has not seen good, tried from one address in a minute before further ones are refused unseen.
    /// Behind a proxy the server must be told so (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c>), or all callers have one address.</summary>
    [Range(1, 1_000_000)]
    public int UnknownKeysPerMinute { get; init; } = 60;
}
