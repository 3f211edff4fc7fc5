using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Notifications.News;
using FlickStream.Portal.Organisations;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Watching;
using FlickStream.Portal.Watching.Popularity;
using Quartz;

namespace FlickStream.Portal.Schedule;

/// <summary>When the portal's recurring work is done. Every node does it: each piece settles by compare-and-set what two would do twice.</summary>
internal static class ScheduleServices
{
    public static void AddSchedule(this IHostApplicationBuilder builder)
    {
        builder.Services.AddQuartz(quartz =>
        {
            quartz.Every<AccountSweep>("accounts", TimeSpan.FromMinutes(10));
            quartz.Every<EndingSweep>("endings", TimeSpan.FromSeconds(15));
            quartz.Every<OrganisationRemoval>("organisations", TimeSpan.FromMinutes(5));
            quartz.Every<ProfileSweep>("profiles", TimeSpan.FromMinutes(10));
            quartz.Every<CatalogSweep>("catalog", TimeSpan.FromMinutes(30));
            quartz.Every<SubscriptionSweep>("subscriptions", TimeSpan.FromMinutes(1));
            quartz.Every<LedgerSweep>("ledger", TimeSpan.FromMinutes(1));
            quartz.Every<WatchingSweep>("watching", TimeSpan.FromMinutes(1));
            quartz.Every<ReviewSweep>("reviews", TimeSpan.FromMinutes(5));
            quartz.Every<PopularityCount>("popularity", TimeSpan.FromMinutes(10));
            quartz.Every<NotificationSweep>("notifications", TimeSpan.FromMinutes(1));
            quartz.Every<ReleaseNews>("release-news", TimeSpan.FromMinutes(5));
            quartz.Every<TrainModel>("recommendations", TimeSpan.FromMinutes(10));
            quartz.Every<CountExposures>("exposures", TimeSpan.FromMinutes(30));
        });
        builder.Services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    private static void Every<TJob>(this IQuartzBuilder quartz, string name, TimeSpan interval)
        where TJob : IJob => quartz.ScheduleJob<TJob>(
        trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()),
        job => job.WithIdentity(name, "portal"));
}
