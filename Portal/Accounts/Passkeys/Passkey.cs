using System.ComponentModel;
using System.Security.Cryptography;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>A credential of WebAuthn that opens an account by itself.</summary>
[ImmutableObject(true)]
internal sealed record Passkey
{
    public static readonly DocumentSchema<Passkey> Schema = new DocumentSchema<Passkey>("passkeys")
        .Field("account", p => p.AccountId)
        .Field("created", p => p.CreatedAt)
        .Index("account", "created");

    public required string AccountId { get; init; }

    /// <summary>Its owner's words for it, 1..60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At most 1023 bytes.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>In COSE's form.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>Of the last use; authenticators that share a passkey between devices always say 0.</summary>
    public required uint SignCount { get; init; }

    /// <summary>How browsers reach the authenticator, as it told.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Whether it may be copied to other devices; told when it was made and never different.</summary>
    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The document's id: credential ids may be longer than one.</summary>
    public static string IdOf(byte[] credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));
}
