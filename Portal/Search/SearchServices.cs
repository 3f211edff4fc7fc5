namespace FlickStream.Portal.Search;

internal static class SearchServices
{
    public static void AddSearch(this IServiceCollection services) =>
        services.AddSingleton<PeopleNames>().AddSingleton<SearchIndex>().AddSingleton(_ => new SearchAnswers(SearchAnswers.UsualBytes, SearchAnswers.UsualWaiting)).AddHostedService<SearchFollower>();
}
