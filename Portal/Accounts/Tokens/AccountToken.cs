using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Accounts.Tokens;

/// <summary>What the link of a letter, or a cookie between two requests, is good for, once.</summary>
[ImmutableObject(true)]
internal sealed record AccountToken
{
    public static readonly DocumentSchema<AccountToken> Schema = new DocumentSchema<AccountToken>("account_tokens")
        .Field("account", t => t.AccountId)
        .Field("expires", t => t.ExpiresAt)
        .Index("account")
        .Index("expires");

    public required TokenUse Use { get; init; }

    /// <summary>Null where there is no account yet.</summary>
    public string? AccountId { get; init; }

    /// <summary>The address that it was sent to; null for a cookie.</summary>
    public string? Email { get; init; }

    /// <summary>For <see cref="TokenUse.SecondStep"/>: the account's <see cref="Account.PasswordGeneration"/> when the password was right.</summary>
    public int PasswordGeneration { get; init; }

    /// <summary>For passkeys: what the browser's answer is checked against.</summary>
    public string? Challenge { get; init; }

    /// <summary>What the person asked for when they registered.</summary>
    public Registration.PendingRegistration? Registration { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal enum TokenUse
{
    /// <summary>Makes an account of a registration.</summary>
    Registration,

    /// <summary>Sets a new password.</summary>
    Reset,

    /// <summary>Makes this address the account's.</summary>
    NewEmail,

    /// <summary>Opens a session together with a code of the second factor.</summary>
    SecondStep,

    /// <summary>Adds a passkey.</summary>
    PasskeyCreation,

    /// <summary>Opens or confirms a session together with a passkey.</summary>
    PasskeyRequest,
}
