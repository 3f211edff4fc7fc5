using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Features;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Moderation;
using FlickStream.Portal.Reviews.Names;
using FlickStream.Portal.Reviews.Ratings;
using FlickStream.Portal.Reviews.Reading;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Reviews.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Reviews;

internal static class ReviewRoutes
{
    // 4000 characters, each escaped.
    private static readonly RequestSizeLimitAttribute Small = new(32 * 1024);

    private static readonly RequestSizeLimitAttribute WholeList = new(2 << 20);

    public static void AddReviews(this IServiceCollection services)
    {
        services.AddOptions<ReviewOptions>().BindConfiguration("Reviews").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RatingBook>().AddSingleton<ReviewStore>().AddSingleton<NameStore>().AddSingleton<WordStore>().AddSingleton<MarkStore>().AddSingleton<Reviewers>();
        services.AddSingleton<ReviewRemoval>().AddSingleton<ReviewSweep>().AddSingleton<ReviewData>();
        services.AddSingleton<IPersonalData>(provider => provider.GetRequiredService<ReviewData>());
        services.AddSingleton<IProfileData>(provider => provider.GetRequiredService<ReviewData>());
    }

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var everybody = routes.MapGroup("/api/titles/{id}").AllowAnonymous().WithTags("Reviews");
        everybody.MapGet("/reviews", ListReviews.HandleAsync).WithName("listReviews");
        everybody.MapGet("/rating", ShowRating.HandleAsync).WithName("showRating");

        routes.MapGet("/api/ratings", ListRatings.HandleAsync).AllowAnonymous().WithTags("Reviews").WithName("listRatings");

        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Reviews").WithMetadata(Small);
        people.MapGet("/reviews", ShowOwnReviews.AllAsync).WithName("listOwnReviews");
        people.MapGet("/titles/{id}/review", ShowOwnReviews.OneAsync).WithName("showOwnReview");
        people.MapGet("/reviews/name", ChoosePublicName.ShowAsync).WithName("showPublicName");
        LimitWrites(people.MapPut("/titles/{id}/review", WriteReview.HandleAsync).WithName("writeReview").SwitchedBy(AllFeatures.Reviews));
        LimitWrites(people.MapDelete("/titles/{id}/review", TakeBackReview.HandleAsync).WithName("takeBackReview"));
        LimitWrites(people.MapPut("/reviews/name", ChoosePublicName.HandleAsync).WithName("choosePublicName").SwitchedBy(AllFeatures.Reviews));
        LimitMarks(people.MapPost("/reviews/{id}/report", MarkReview.ReportAsync).WithName("reportReview").SwitchedBy(AllFeatures.Reviews));
        LimitMarks(people.MapPut("/reviews/{id}/helpful", MarkReview.HelpfulAsync).WithName("markReviewHelpful").SwitchedBy(AllFeatures.Reviews));
        LimitMarks(people.MapDelete("/reviews/{id}/helpful", MarkReview.NotHelpfulAsync).WithName("unmarkReviewHelpful"));

        var moderators = routes.MapGroup("/api/admin").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        moderators.MapGet("/reviews", ListQueue.HandleAsync).WithName("listReviewQueue");
        moderators.MapGet("/reviews/{id}", ListQueue.OneAsync).WithName("getReviewCase");
        moderators.MapPost("/reviews/{id}/approve", DecideReview.ApproveAsync).TellsAudit().WithName("approveReview");
        moderators.MapPost("/reviews/{id}/remove", DecideReview.RemoveAsync).TellsAudit().WithName("removeReview");
        moderators.MapPost("/reviews/{id}/restore", DecideReview.RestoreAsync).TellsAudit().WithName("restoreReview");
        moderators.MapDelete("/public-names/{profile}", RemoveName.HandleAsync).TellsAudit().WithName("removePublicName");
        moderators.MapGet("/removed-names", RemovedNames.ListAsync).WithName("listRemovedNames");
        moderators.MapDelete("/removed-names/{id}", RemovedNames.GiveBackAsync).TellsAudit().WithName("giveNameBack");
        moderators.MapGet("/review-words", EditWords.ShowAsync).WithName("getReviewWords");
        moderators.MapPut("/review-words", EditWords.HandleAsync).TellsAudit().TakesIfMatch().WithName("putReviewWords").WithMetadata(WholeList);
    }

    private static void LimitWrites(RouteHandlerBuilder route) => route.LimitPerKey<ReviewOptions>("review-writes", options => options.WritesPerMinute);

    private static void LimitMarks(RouteHandlerBuilder route) => route.LimitPerKey<ReviewOptions>("review-marks", options => options.MarksPerMinute);
}
