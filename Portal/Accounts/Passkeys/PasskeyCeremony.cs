using System.Runtime.ExceptionServices;
using System.Text.Json;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>Both ceremonies of WebAuthn Level 3: making a passkey (7.1) and showing one (7.2), user verification required. A challenge is good for
/// one answer of the browser that asked for it, within minutes.</summary>
internal sealed class PasskeyCeremony(
    AccountStore accounts, PasskeyStore passkeys, TokenCookies cookies, IOptions<AccountOptions> options, TimeProvider time, ILogger<PasskeyCeremony> log)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>What <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> takes.</summary>
    public async Task<JsonElement> AskForNewAsync(Account account, HttpContext http)
    {
        var user = new PasskeyUserEntity { Id = account.Id, Name = account.Email, DisplayName = account.Email };
        var made = await HandlerFor(http, UsersFor(http)).MakeCreationOptionsAsync(user, http);
        await cookies.GiveAsync(http, Challenge(TokenUse.PasskeyCreation, account.Id, made.AttestationState));
        return JsonElement.Parse(made.CreationOptionsJson);
    }

    /// <summary>The new passkey, not yet kept; null when the answer is not right.</summary>
    public async Task<UserPasskeyInfo?> MadeAsync(string accountId, JsonElement credential, HttpContext http)
    {
        if (await cookies.FindAsync(http, TokenUse.PasskeyCreation) is not { } token || token.AccountId != accountId
            || !await cookies.SpendAsync(http, TokenUse.PasskeyCreation)) return null;
        using var users = UsersFor(http);
        var result = await HandlerFor(http, users).PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential.ToString(), AttestationState = token.Challenge });
        Note(result.Failure, users);
        return result.Succeeded ? result.Passkey : null;
    }

    /// <summary>What <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> takes; it names nobody.</summary>
    public async Task<JsonElement> AskAsync(HttpContext http)
    {
        var made = await HandlerFor(http, UsersFor(http)).MakeRequestOptionsAsync(null, http);
        await cookies.GiveAsync(http, Challenge(TokenUse.PasskeyRequest, null, made.AssertionState));
        return JsonElement.Parse(made.RequestOptionsJson);
    }

    /// <summary>Whose passkey was shown; null when the answer is not right.</summary>
    public async Task<Account?> ShownAsync(JsonElement credential, HttpContext http)
    {
        if (await cookies.FindAsync(http, TokenUse.PasskeyRequest) is not { } token || !await cookies.SpendAsync(http, TokenUse.PasskeyRequest)) return null;
        using var users = UsersFor(http);
        var result = await HandlerFor(http, users).PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential.ToString(), AssertionState = token.Challenge });
        Note(result.Failure, users);
        return result.Succeeded && await passkeys.NoteUseAsync(result.Passkey, CancellationToken.None) ? result.User : null;
    }

    private PasskeyUsers UsersFor(HttpContext http) => new(accounts, passkeys, http.RequestAborted);

    private PasskeyHandler<Account> HandlerFor(HttpContext http, PasskeyUsers users)
    {
        var site = options.Value.PublicUrl ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        // As browsers write it: names in ASCII, and no port that goes without saying.
        var origin = $"{site.Scheme}://{site.IdnHost}{(site.IsDefaultPort ? "" : $":{site.Port}")}";
        return new PasskeyHandler<Account>(users.Manager(), Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = site.IdnHost,
            AuthenticatorTimeout = Life,
            ResidentKeyRequirement = "required",
            UserVerificationRequirement = "required",
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == origin),
        }));
    }

    private AccountToken Challenge(TokenUse use, string? accountId, string? state) =>
        new() { Use = use, AccountId = accountId, Challenge = state, ExpiresAt = time.GetUtcNow() + Life };

    private void Note(PasskeyException? failure, PasskeyUsers users)
    {
        if (users.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        if (failure is not null) log.LogDebug("A passkey was refused: {Reason}", failure.Message);
    }
}
