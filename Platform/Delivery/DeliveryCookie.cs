namespace FlickStream.Platform.Delivery;

/// <summary>A cookie by which a CDN lets a browser in. It is sent over TLS only, to other sites' requests too, is not readable by
/// scripts, and lives as long as the browser runs: what it says ends by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Characters that cookies may have.</param>
/// <param name="Domain">Null: the host that sets it.</param>
/// <param name="Path">Where it is sent.</param>
public sealed record DeliveryCookie(string Name, string Value, string? Domain, string Path);
