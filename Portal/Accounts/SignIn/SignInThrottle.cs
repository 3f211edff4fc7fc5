using FlickStream.Platform.Access;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts.SecondFactors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>How often may be guessed. Each guess is paid for before it is looked at, by the network it comes from and, but for browsers that
/// the account's owner has signed in with, by the account. What turns out to be right was no guess: what was paid for it is given back.</summary>
internal sealed class SignInThrottle(IRateLimits limits, KnownDevice device, IOptions<AccountOptions> options, IOptions<SecondFactorOptions> factor)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    // What is right is paid for by nobody, and costs as much to look at as what is wrong.
    private static readonly RateLimit Looks = RateLimit.PerMinute(30);

    private RateLimit FromNetwork => new(options.Value.AttemptsPerNetwork, Short);

    private RateLimit OfAccount => new(options.Value.AttemptsPerAccount, Long);

    private RateLimit OfCodes => new(factor.Value.CodesPerAccount, Long);

    /// <summary>Of one network, whatever it asks for.</summary>
    public async Task<ProblemHttpResult?> RefuseAsync(HttpContext http) =>
        await TakeAsync(http, $"entrance:{NetworkOf(http)}", new RateLimit(options.Value.RequestsPerNetwork, Short));

    /// <summary>Of guesses at one account's password.</summary>
    /// <param name="email">As it was sent: whether there is such an account plays no part.</param>
    /// <param name="account">Null where there is none.</param>
    public async Task<ProblemHttpResult?> RefuseAsync(HttpContext http, EmailAddress email, Account? account)
    {
        var fromHere = await TakeAsync(http, $"guesses:{email.Key}:{NetworkOf(http)}", FromNetwork);
        if (fromHere is not null || (account is not null && device.Knows(account, http.Request))) return fromHere;
        return await TakeAsync(http, $"guesses:{email.Key}", OfAccount);
    }

    /// <summary>To be called once the password turned out to be right, with the same.</summary>
    public async Task GiveBackAsync(HttpContext http, EmailAddress email, Account? account)
    {
        await limits.GiveBackAsync($"guesses:{email.Key}:{NetworkOf(http)}", FromNetwork, CancellationToken.None);
        if (account is null || !device.Knows(account, http.Request)) await limits.GiveBackAsync($"guesses:{email.Key}", OfAccount, CancellationToken.None);
    }

    /// <summary>Of looks at the secrets of an account by who is signed in, right ones too.</summary>
    public Task<ProblemHttpResult?> RefuseLookAsync(HttpContext http, string accountId) => TakeAsync(http, $"looks:{accountId}", Looks);

    /// <summary>Of guesses at one account's code, by those who know its password; they count apart, so that guesses of those who do not cannot shut
    /// the owner out.</summary>
    public async Task<ProblemHttpResult?> RefuseCodeAsync(HttpContext http, Account account)
    {
        var fromHere = await TakeAsync(http, $"codes:{account.Id}:{NetworkOf(http)}", FromNetwork);
        if (fromHere is not null || device.Knows(account, http.Request)) return fromHere;
        return await TakeAsync(http, $"codes:{account.Id}", OfCodes);
    }

    /// <summary>To be called once the code turned out to be right.</summary>
    public async Task GiveBackCodeAsync(HttpContext http, Account account)
    {
        await limits.GiveBackAsync($"codes:{account.Id}:{NetworkOf(http)}", FromNetwork, CancellationToken.None);
        if (!device.Knows(account, http.Request)) await limits.GiveBackAsync($"codes:{account.Id}", OfCodes, CancellationToken.None);
    }

    /// <summary>Whether an address may be sent one more letter of this kind. Each kind counts for itself, and by network too, so that strangers who
    /// register with an address cannot keep its owner from a new password.</summary>
    public async Task<bool> MaySendToAsync(EmailAddress email, string kind, HttpContext http, CancellationToken cancellationToken) =>
        await limits.TakeAsync($"letters:{kind}:{email.Key}:{NetworkOf(http)}", new RateLimit(options.Value.LettersPerAddress, Long), cancellationToken) == TimeSpan.Zero;

    private async Task<ProblemHttpResult?> TakeAsync(HttpContext http, string key, RateLimit limit)
    {
        var wait = await limits.TakeAsync(key, limit, http.RequestAborted);
        return wait > TimeSpan.Zero ? RateLimitedRoutes.Refuse(http, wait) : null;
    }

    private static string NetworkOf(HttpContext http) => Network.Of(http.Connection.RemoteIpAddress);
}
