using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Access;

/// <summary>The administrator's key that whoever deploys the services has put into a file (<see cref="AccessOptions.AdminKeyFile"/>).</summary>
internal sealed class GivenAdminKey(ApiKeys keys, IOptions<AccessOptions> options, ILogger<GivenAdminKey> log)
{
    public bool IsGiven => options.Value.AdminKeyFile is { Length: > 0 };

    public async Task AdmitAsync(CancellationToken cancellationToken)
    {
        var path = options.Value.AdminKeyFile!;
        if (KeyText.TryParse((await ReadAsync(path, cancellationToken)).Trim()) is not { } text)
            throw Refusal($"{path}, which holds no key: fs_, 16 hex digits, _ and 32 random bytes in base64url.");
        var known = await keys.AdmitAsync(text, "Administrator (given)", [Scopes.Admin], cancellationToken);
        if (known.RevokedAt is not null) log.LogWarning("The administrator's key in {Path} was revoked; put a new one there", path);
        else if (!text.Matches(known) || !known.Scopes.Contains(Scopes.Admin))
            throw Refusal($"{path}, whose key has the id of another one; make a new one.");
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal($"{path}, which cannot be read: {e.Message}");
        }
    }

    private static OptionsValidationException Refusal(string what) =>
        new(nameof(AccessOptions), typeof(AccessOptions), [$"Platform:Access:AdminKeyFile names {what}"]);
}
