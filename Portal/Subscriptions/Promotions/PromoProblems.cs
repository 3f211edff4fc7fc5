using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Subscriptions.Promotions;

internal static class PromoProblems
{
    public static readonly Problem NotFound = new("promo_code_unknown", 404, "There is no such code, or it is no longer good.");

    public static readonly Problem NotForThis = new("promo_code_not_for_plan", 409, "This code is not for this plan in this currency.");

    public static readonly Problem Used = new("promo_code_used", 409, "The account has used this code.");

    public static readonly Problem UsedUp = new("promo_code_used_up", 409, "As many have used this code as may.");

    public static readonly Problem CodeInvalid = new("promo_code_invalid", 400, "Give a code of 3 to 30 letters, digits and hyphens.");

    public static readonly Problem ContentInvalid = new(
        "promo_content_invalid", 400,
        "Give a percentage of 1 to 100 or an amount above zero, whole in its currency's smallest coin and at most 99,999,999 of it; 1 to 120 periods or none; a limit of 1 to 1,000,000 or none.");

    public static readonly Problem Exists = new("promo_code_exists", 409, "There is this code already.");

    public static readonly Problem Changed = new("promo_code_changed", 412, "Somebody has changed it since you saw it. Read it again.");
}
