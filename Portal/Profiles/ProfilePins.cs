using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Profiles;

/// <summary>Asks for a profile's PIN. Each try is paid for before it is looked at, whoever makes it: there are few PINs. For the right one it is given back.</summary>
internal sealed class ProfilePins(PasswordHasher hasher, IRateLimits limits, SignInThrottle throttle, IOptions<ProfileOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Null when the profile has no PIN, or this is it.</summary>
    public async Task<ProblemHttpResult?> RefuseAsync(Profile profile, string? pin, HttpContext http)
    {
        if (profile.PinHash is not { } hash) return null;
        if (pin is null) return ProfileProblems.PinNeeded.ToResult();
        if (await throttle.RefuseLookAsync(http, profile.AccountId) is { } tooOften) return tooOften;
        var (key, limit) = ($"pin:{profile.Id}", new RateLimit(options.Value.PinAttempts, Window));
        var wait = await limits.TakeAsync(key, limit, http.RequestAborted);
        if (wait > TimeSpan.Zero) return RateLimitedRoutes.Refuse(http, wait);
        if (await hasher.VerifyAsync(hash, pin, http.RequestAborted) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight) return ProfileProblems.PinWrong.ToResult();
        await limits.GiveBackAsync(key, limit, CancellationToken.None);
        return null;
    }
}
