using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Tells one profile of a release, once. It may be broken off anywhere and done again.</summary>
internal sealed class ReleaseTeller(
    ProfileStore profiles, Notifier notifier, NotificationStore notifications, IOptions<NotificationOptions> options, TimeProvider time)
{
    // Of a notification of many works: a back catalogue that is imported may be any number.
    private const int MostTitles = 100;

    /// <param name="titles">Of the release, those that the followers of this hear of.</param>
    public async Task TellAsync(Follow follow, Release release, IReadOnlyList<ReleasedTitle> titles, CatalogView view, CancellationToken cancellationToken)
    {
        if (await profiles.GetAsync(follow.AccountId, follow.ProfileId, cancellationToken) is not { } profile) return;
        var allowed = view.UpTo(profile.Content.MaximumAge ?? CatalogView.Oldest);
        List<string> ids = [.. titles.Where(title => allowed.Has(title.Row)).Select(title => title.Id)];
        if (ids.Count == 0) return;
        var isOneOfMany = await IsOneOfManyAsync(profile, release, cancellationToken);
        for (var part = 1; ids.Count > 0; part++)
        {
            var notice = isOneOfMany
                ? new Notice(follow.AccountId, profile, NotificationKind.NewRelease, release.KeyOfMany(part), new About { TitleIds = ids }, IsForDigest: true)
                : new Notice(
                    follow.AccountId, profile, NotificationKind.NewRelease, release.KeyOf(part),
                    new About { WorkId = release.WorkId, TitleIds = ids, Followed = Follow.TargetOf(follow.Type, follow.TargetId) });
            if (await notifier.TellAsync(notice, cancellationToken)) return;

            // Told already, of others of that day: what came since is added, or told anew where that would not be noticed.
            if (await notifications.ChangeAsync(notice.Id, With, cancellationToken) is not { } known || IsFull(known)) return;
            ids = [.. ids.Except(known.About.TitleIds!)];
        }

        Notification? With(Notification known)
        {
            List<string> more = [.. ids.Except(known.About.TitleIds!)];
            return more.Count == 0 || !known.IsOpen || IsFull(known) ? null
                : known with { CreatedAt = time.GetUtcNow(), About = known.About with { TitleIds = [.. known.About.TitleIds!, .. more] } };
        }

        bool IsFull(Notification known) => isOneOfMany && known.IsOpen && known.About.TitleIds!.Count >= MostTitles;
    }

    /// <summary>Whether so much was told that day that this is told together with others; what was told by itself stays so.</summary>
    private async Task<bool> IsOneOfManyAsync(Profile profile, Release release, CancellationToken cancellationToken)
    {
        var alone = Notification.IdOf(Notification.BoxOfProfile(profile.Id), release.KeyOf(1));
        if (await notifications.GetAsync(alone, cancellationToken) is not null) return false;
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return await notifications.CountAsync(profile.AccountId, today, cancellationToken) >= options.Value.ReleasesPerDay;
    }
}
