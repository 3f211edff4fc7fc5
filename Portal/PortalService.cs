using FlickStream.Platform;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Features;
using FlickStream.Portal.Keys;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.OpenApi;
using FlickStream.Portal.Organisations;
using FlickStream.Portal.Page;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Schedule;
using FlickStream.Portal.Search;
using FlickStream.Portal.Sharing;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Users;
using FlickStream.Portal.Watching;

namespace FlickStream.Portal;

public static class PortalService
{
    public static IHostApplicationBuilder AddPortal(this IHostApplicationBuilder builder)
    {
        builder.AddPlatform();
        builder.Services.AddMail();
        builder.Services.AddAccounts();
        builder.Services.AddOptions<AuditOptions>().BindConfiguration("Audit").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<AuditLog>().AddSingleton<AuditChain>().AddSingleton<OrganisationStore>().AddSingleton<OrganisationUse>().AddSingleton<OrganisationRemoval>().AddSingleton<FeatureStore>();
        builder.Services.AddSingleton<IPersonalData, KeyData>().AddSingleton<IPersonalData, AuditData>();
        builder.Services.AddProfiles();
        builder.Services.AddCatalog();
        builder.Services.AddSearch();
        builder.Services.AddSubscriptions();
        builder.Services.AddWatching();
        builder.Services.AddNotifications();
        builder.Services.AddReviews();
        builder.Services.AddSharing();
        builder.Services.AddRecommendations();
        builder.AddSchedule();
        builder.Services.AddApiDocument();
        return builder;
    }

    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        PageRoutes.Map(routes);
        KeyRoutes.Map(routes);
        routes.MapAccounts();
        routes.MapUsers();
        routes.MapOrganisations();
        routes.MapAudit();
        routes.MapProfiles();
        routes.MapCatalog();
        routes.MapSearch();
        routes.MapSubscriptions();
        routes.MapWatching();
        routes.MapNotifications();
        routes.MapReviews();
        routes.MapSharing();
        routes.MapFeatures();
        routes.MapRecommendations();
        routes.MapApiDocument();
        return routes;
    }
}
