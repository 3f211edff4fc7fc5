using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <param name="Name">Its owner's words for it.</param>
/// <param name="IsSynced">Whether its authenticator keeps it on other devices too.</param>
/// <param name="UsedAt">Null until it is.</param>
internal sealed record PasskeyAnswer(string Id, string Name, bool IsSynced, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt)
{
    public static PasskeyAnswer Of(Stored<Passkey> passkey) =>
        new(passkey.Id, passkey.Value.Name, passkey.Value.IsBackedUp, passkey.Value.CreatedAt, passkey.Value.UsedAt);
}
