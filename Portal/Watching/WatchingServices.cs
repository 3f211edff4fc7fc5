using FlickStream.Platform.Playback;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Lists;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Popularity;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Portal.Watching.Streams;
using FlickStream.Portal.Watching.Tracks;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlickStream.Portal.Watching;

internal static class WatchingServices
{
    public static void AddWatching(this IServiceCollection services)
    {
        services.AddOptions<WatchingOptions>().BindConfiguration("Watching").ValidateDataAnnotations().ValidateOnStart();
        // An origin in this process gives grants itself.
        services.TryAddSingleton<IPlayback, OriginClient>();
        services.AddSingleton<SeenTitles>().AddSingleton<TitleMedia>().AddSingleton<StreamTokens>().AddSingleton<StreamStart>().AddSingleton<Previews>();
        services.AddSingleton<PlayStore>().AddSingleton<ShelfStore>().AddSingleton<WatchlistStore>().AddSingleton<ListStore>().AddSingleton<TrackStore>().AddSingleton<AccountStreams>();
        services.AddSingleton<ContinuePages>().AddHostedService(provider => provider.GetRequiredService<ContinuePages>());
        services.AddSingleton<IStreamEnd>(provider => provider.GetRequiredService<AccountStreams>());
        services.AddSingleton<WatchingData>();
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<WatchingData>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<WatchingData>());
        services.AddSingleton<WatchingSweep>().AddSingleton<PopularityCount>();
    }
}
