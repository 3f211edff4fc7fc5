using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Notifications.Preferences;

internal sealed class PreferenceStore(IDocuments documents)
{
    private readonly IDocumentSet<NotificationPreferences> _preferences = documents.Set(NotificationPreferences.Schema);

    /// <summary>What holds: the profile's choice before the account's before the usual one. Nothing that a child's profile is told is mailed.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="profile">Null for what is the account's.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Choice> OfAsync(string accountId, Profile? profile, NotificationKind kind, CancellationToken cancellationToken) =>
        Merge(await ReadAsync(accountId, cancellationToken), profile is null ? null : await ReadAsync(profile.Id, cancellationToken), profile, kind);

    public async Task<NotificationPreferences?> ReadAsync(string id, CancellationToken cancellationToken) =>
        (await _preferences.GetAsync(id, cancellationToken))?.Value;

    public Task SetAsync(string accountId, string id, NotificationKind kind, OwnChoice choice, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, choices => choices[kind] = choice, cancellationToken);

    /// <summary>No more letters of these kinds; whether they are told in the app stays as it was chosen.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="id">The account's, or of a profile.</param>
    /// <param name="kinds">Which; none: nothing is written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task EndMailAsync(string accountId, string id, IReadOnlyCollection<NotificationKind> kinds, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(id, cancellationToken);
        if (kinds.All(kind => known?.Choices.GetValueOrDefault(kind)?.Mail is MailChoice.Off)) return;
        await ChangeAsync(
            accountId, id,
            choices =>
            {
                foreach (var kind in kinds) choices[kind] = new(choices.GetValueOrDefault(kind)?.InApp, MailChoice.Off);
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<Stored<NotificationPreferences>>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        (await _preferences.QueryAsync(Of(accountId), cancellationToken)).Items;

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _preferences.DeleteAsync(id, null, cancellationToken);

    public Task DeleteAllAsync(string accountId, CancellationToken cancellationToken) => _preferences.DeleteAllAsync(Of(accountId), cancellationToken);

    public static Choice Merge(NotificationPreferences? account, NotificationPreferences? own, Profile? profile, NotificationKind kind)
    {
        var (usual, shared, first) = (NotificationKinds.Usual(kind), account?.Choices.GetValueOrDefault(kind), own?.Choices.GetValueOrDefault(kind));
        var mail = usual.Mail is MailChoice.Always ? MailChoice.Always
            : profile is { Content.IsKids: true } ? MailChoice.Off : first?.Mail ?? shared?.Mail ?? usual.Mail;
        return new(first?.InApp ?? shared?.InApp ?? usual.InApp, mail);
    }

    private async Task ChangeAsync(
        string accountId, string id, Action<Dictionary<NotificationKind, OwnChoice>> change, CancellationToken cancellationToken)
    {
        var first = With(new NotificationPreferences(accountId, new Dictionary<NotificationKind, OwnChoice>()));
        while (await _preferences.UpdateAsync(id, With, cancellationToken) is null)
            if (await _preferences.InsertAsync(id, first, cancellationToken) is not null) return;

        NotificationPreferences With(NotificationPreferences known)
        {
            var choices = new Dictionary<NotificationKind, OwnChoice>(known.Choices);
            change(choices);
            return known with { Choices = choices };
        }
    }

    private static DocumentQuery Of(string accountId) => new() { Filters = [DocumentFilter.Equal("account", accountId)] };
}
