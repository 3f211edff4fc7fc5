using System.Collections.Concurrent;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Notifications.News;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class ReleaseFanOutTests(NotifiedPortal on) : IClassFixture<NotifiedPortal>
{
    private const int Accounts = 4;
    private const int ProfilesEach = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_are_told_side_by_side_and_the_profiles_of_one_in_turn()
    {
        var services = on.Portal.Services;
        var actor = await Told.ActorAsync(on.Studio);
        await on.Portal.TellReleasesAsync();
        await FollowAsync(services.GetRequiredService<IDocuments>(), actor);
        await on.Studio.PublishAsync(Studio.Movie("One for many").With(actor));

        // Nobody of the first is told before all accounts are being told.
        var (all, waiting, told) = (new TaskCompletionSource(), new ConcurrentDictionary<string, bool>(), new ConcurrentBag<string>());
        var documents = new ContendedDocuments(services.GetRequiredService<IDocuments>())
        {
            BeforeInsertion = async document =>
            {
                if (document is not Notification notification) return;
                Assert.True(waiting.TryAdd(notification.AccountId, true), "Two profiles of one account are told at once.");
                if (waiting.Count == Accounts) all.TrySetResult();
                await all.Task.WaitAsync(Ct);
                waiting.TryRemove(notification.AccountId, out _);
                told.Add(notification.ProfileId!);
            },
        };
        var notifications = ActivatorUtilities.CreateInstance<NotificationStore>(services, documents);
        var notifier = ActivatorUtilities.CreateInstance<Notifier>(services, notifications);
        var teller = ActivatorUtilities.CreateInstance<ReleaseTeller>(services, notifier, notifications);
        // Broken off where they wait for each other for ever.
        await ActivatorUtilities.CreateInstance<ReleaseNews>(services, teller).TellAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(Accounts * ProfilesEach, told.Count);
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    private static async Task FollowAsync(IDocuments documents, string actor)
    {
        for (var account = 0; account < Accounts; account++)
        {
            var (id, email) = ($"fan{account}", $"fan{account}@example.org");
            await documents.Set(Account.Schema).InsertAsync(id, new Account { Id = id, Email = email, EmailKey = email, PasswordHash = "", CreatedAt = DateTimeOffset.UnixEpoch }, Ct);
            for (var place = 1; place <= ProfilesEach; place++)
            {
                var profile = new Profile { Id = $"{id}-{place}", AccountId = id, Place = place, Content = new ProfileContent { Name = "Me" }, CreatedAt = DateTimeOffset.UnixEpoch };
                await documents.Set(Profile.Schema).InsertAsync(profile.Id, profile, Ct);
                var follow = new Follow { AccountId = id, ProfileId = profile.Id, Type = FollowType.Person, TargetId = actor, Since = DateTimeOffset.UnixEpoch };
                await documents.Set(Follow.Schema).InsertAsync(Follow.IdOf(profile.Id, FollowType.Person, actor), follow, Ct);
            }
        }
    }
}
