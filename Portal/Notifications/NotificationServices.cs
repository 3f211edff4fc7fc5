using FlickStream.Portal.Accounts;
using FlickStream.Portal.Notifications.Events;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Notifications.Inbox;
using FlickStream.Portal.Notifications.Letters;
using FlickStream.Portal.Notifications.News;
using FlickStream.Portal.Notifications.Preferences;
using FlickStream.Portal.Notifications.Unsubscribing;
using FlickStream.Portal.Notifications.Webhooks;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Subscriptions.Billing;

namespace FlickStream.Portal.Notifications;

internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<NotificationOptions>().BindConfiguration("Notifications").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NotificationStore>().AddSingleton<Notifier>().AddSingleton<PreferenceStore>().AddSingleton<NotificationLetters>();
        services.AddSingleton<UnsubscribeLinks>().AddSingleton<MailEnder>();
        services.AddSingleton<SeenReleases>().AddSingleton<Readers>().AddSingleton<NotificationEvents>();
        services.AddSingleton<NotificationBell>().AddHostedService(provider => provider.GetRequiredService<NotificationBell>());
        services.AddSingleton<FollowStore>().AddSingleton<FollowTargets>();
        services.AddSingleton<ISubscriberNews, SubscriptionNews>();
        services.AddSingleton<NotificationData>();
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<NotificationData>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<NotificationData>());
        services.AddSingleton<NotificationSweep>().AddSingleton<ReleaseTeller>().AddSingleton<ReleaseNews>().AddSingleton<EncodingNews>();
        services.AddHostedService<EncodingListener>();
        services.AddWebhooks();
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration("Notifications:Webhooks").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookStore>().AddSingleton<WebhookSecrets>().AddSingleton<WebhookDesk>().AddSingleton<WebhookPost>().AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookSender>().AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
    }
}
