using FlickStream.Board.Bench;

return args switch
{
    ["process", var folder, var workers, var seconds] => await OtherProcess.RunAsync(folder, workers, seconds),
    _ => await ScaleBench.RunAsync(args),
};
