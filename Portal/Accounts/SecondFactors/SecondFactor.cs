using System.ComponentModel;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>What an authenticator app shows (TOTP, RFC 6238), asked for beside the password, and recovery codes for when the app is lost.</summary>
[ImmutableObject(true)]
internal sealed record SecondFactor
{
    /// <summary>The secret that the app has, sealed for this account.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>The time step of the last code that was taken; neither it nor one before is taken again.</summary>
    public required long LastStep { get; init; }

    /// <summary>Lower-case hex SHA-256 of each recovery code that is left.</summary>
    public required IReadOnlyList<string> RecoverySha256 { get; init; }

    public required DateTimeOffset Since { get; init; }
}

/// <summary>One that becomes the account's once a code of it was given.</summary>
/// <param name="Sealed">As <see cref="SecondFactor.Sealed"/>.</param>
/// <param name="ExpiresAt">Until then.</param>
[ImmutableObject(true)]
internal sealed record PendingFactor(byte[] Sealed, DateTimeOffset ExpiresAt);
