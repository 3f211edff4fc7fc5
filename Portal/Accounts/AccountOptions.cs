using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>Where people reach the site, such as <c>https://watch.example.org</c>: links in mail lead there, and passkeys are bound to its name;
    /// after another name is set, those made before open nothing. Unset, letters with links are sent to whoever uses this
    /// machine's own name only: any other name comes from the request, and a stranger could choose it; and passkeys
    /// are made on <c>localhost</c> only.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long the link that verifies an address is good.</summary>
    [TimeRange("00:10:00", "7.00:00:00")]
    public TimeSpan VerificationLife { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long the link that sets a new password is good.</summary>
    [TimeRange("00:05:00", "1.00:00:00")]
    public TimeSpan ResetLife { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Wrong passwords for one account from one network in ten minutes.</summary>
    [Range(1, 1000)]
    public int AttemptsPerNetwork { get; init; } = 10;

    /// <summary>Wrong passwords for one account from everywhere in an hour. Browsers that its owner signed in with before are not counted
    /// here, so that nobody locks the owner out.</summary>
    [Range(1, 10_000)]
    public int AttemptsPerAccount { get; init; } = 100;

    /// <summary>Sign-ins, registrations and resets from one network in ten minutes, whatever the account.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerNetwork { get; init; } = 100;

    /// <summary>Letters of one kind to one address in an hour.</summary>
    [Range(1, 1000)]
    public int LettersPerAddress { get; init; } = 5;

    /// <summary>How long the owner of an account may still change their mind about its deletion.</summary>
    [TimeRange("00:00:00", "90.00:00:00")]
    public TimeSpan DeletionGrace { get; init; } = TimeSpan.FromDays(14);
}
