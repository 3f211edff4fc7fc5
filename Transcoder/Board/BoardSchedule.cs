using Quartz;

namespace FlickStream.Transcoder.Board;

internal static class BoardSchedule
{
    public static void AddBoardSweep(this IQuartzBuilder quartz, IConfiguration configuration)
    {
        var options = configuration.GetSection("Board").Get<BoardOptions>() ?? new BoardOptions();
        quartz.ScheduleJob<BoardSweep>(trigger => trigger
            .WithIdentity("board-sweep")
            .StartNow()
            .WithSimpleSchedule(schedule => schedule.WithInterval(options.SweepInterval).RepeatForever()));
    }
}
