namespace FlickStream.Portal.Search;

internal static class SearchServices
{
    public static void AddSearch(this IServiceCollection services) =>
        services.AddSingleton<PeopleNames>().AddSingleton<SearchIndex>().AddHostedService<SearchFollower>();
}
