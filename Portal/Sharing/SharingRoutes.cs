using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Audit;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Features;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Sharing.Lists;
using FlickStream.Portal.Sharing.Lists.Reports;
using FlickStream.Portal.Sharing.Titles;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Sharing;

internal static class SharingRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void AddSharing(this IServiceCollection services)
    {
        services.AddOptions<SharingOptions>().BindConfiguration("Sharing").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PublicAddress>().AddSingleton<SharedTitles>().AddSingleton<SharedListStore>().AddSingleton<PublicLists>().AddSingleton<SharedListData>();
        services.AddSingleton<ListReportStore>();
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<SharedListData>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<SharedListData>());
    }

    public static void MapSharing(this IEndpointRouteBuilder routes)
    {
        var everybody = routes.MapGroup("").AllowAnonymous().WithTags("Sharing").SwitchedBy(AllFeatures.Sharing).AddEndpointFilter<LinkFilter>();
        everybody.MapGet($"{PublicAddress.Titles}{{slug}}", ShareTitle.HandleAsync).WithName("shareTitle").Produces<string>(contentType: "text/html");
        everybody.MapGet($"{PublicAddress.Lists}{{slug}}", ShowSharedList.PageAsync).WithName("shareList").Produces<string>(contentType: "text/html");
        everybody.MapGet("/oembed", ShowOEmbed.HandleAsync).WithName("showOEmbed");
        everybody.MapGet("/api/shared-lists/{slug}", ShowSharedList.HandleAsync).WithName("showSharedList");

        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Sharing").WithMetadata(Small).AddEndpointFilter<LinkFilter>();
        people.MapGet("/watchlist/share", ShareOwnList.ShowWatchlistAsync).WithName("showWatchlistShare");
        Limit(people.MapPut("/watchlist/share", ShareOwnList.ShareWatchlistAsync).WithName("shareWatchlist").SwitchedBy(AllFeatures.Sharing));
        Limit(people.MapDelete("/watchlist/share", ShareOwnList.TakeBackWatchlistAsync).WithName("takeBackWatchlist"));
        people.MapGet("/lists/{id}/share", ShareOwnList.ShowListAsync).WithName("showListShare");
        Limit(people.MapPut("/lists/{id}/share", ShareOwnList.ShareListAsync).WithName("shareOwnList").SwitchedBy(AllFeatures.Sharing));
        Limit(people.MapDelete("/lists/{id}/share", ShareOwnList.TakeBackListAsync).WithName("takeBackList"));
        people.MapPost("/shared-lists/{slug}/report", ReportList.HandleAsync).WithName("reportSharedList").SwitchedBy(AllFeatures.Sharing)
            .LimitPerKey<SharingOptions>("list-reports", options => options.ReportsPerMinute);

        var moderators = routes.MapGroup("/api/admin/shared-lists").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        moderators.MapGet("/", ReportedLists.ListAsync).WithName("listReportedLists");
        moderators.MapGet("/{slug}/reports", ReportedLists.ReportsAsync).WithName("listSharedListReports");
        moderators.MapPost("/{slug}/approve", ReportedLists.ApproveAsync).TellsAudit().WithName("approveSharedList");
        moderators.MapGet("/{slug}", ModerateList.ShowAsync).WithName("getSharedListOwner");
        moderators.MapDelete("/{slug}", ModerateList.RemoveAsync).TellsAudit().WithName("removeSharedList");
    }

    private static void Limit(RouteHandlerBuilder route) => route.LimitPerKey<SharingOptions>("shares", options => options.SharesPerMinute);
}
