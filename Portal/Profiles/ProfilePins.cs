using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Profiles;

/// <summary>Asks for a profile's PIN. Each try is paid for before it is looked at, whoever makes it: there are few PINs.</summary>
internal sealed class ProfilePins(PasswordHasher hasher, IRateLimits limits, IOptions<ProfileOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Null when the profile has no PIN, or this is it.</summary>
    public async Task<ProblemHttpResult?> RefuseAsync(Profile profile, string? pin, HttpContext http)
    {
        if (profile.PinHash is not { } hash) return null;
        if (pin is null) return ProfileProblems.PinNeeded.ToResult();
        var wait = await limits.TakeAsync($"pin:{profile.Id}", new RateLimit(options.Value.PinAttempts, Window), http.RequestAborted);
        if (wait > TimeSpan.Zero) return RateLimitedRoutes.Refuse(http, wait);
        return await hasher.VerifyAsync(hash, pin, http.RequestAborted) switch
        {
            null => AccountProblems.Busy.ToResult(),
            true => null,
            false => ProfileProblems.PinWrong.ToResult(),
        };
    }
}
