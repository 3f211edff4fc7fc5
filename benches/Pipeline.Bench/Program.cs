using FlickStream.Pipeline.Bench;

return args switch
{
    ["transcode", .. var rest] => await TranscodeBench.RunAsync(rest),
    ["first-play", .. var rest] => await FirstPlayBench.RunAsync(rest),
    ["quality", .. var rest] => await QualityBench.RunAsync(rest),
    _ => throw new ArgumentException("usage: transcode [ROUNDS [SECONDS]] | first-play [MINUTES...] | quality [SECONDS [CLIP...]]"),
};
